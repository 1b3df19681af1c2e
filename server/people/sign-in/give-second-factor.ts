/** The second factor of a sign-in that is under way: a code from an app, or a recovery code, in at most five tries. */
import type { Context } from '../../platform/context.ts'
import { withinSignIn, type Tx } from '../../platform/db.ts'
import { invalid, Refusal } from '../../platform/errors.ts'
import { readCeremony, takeCeremony } from './ceremonies.ts'
import { auditRefusedSignIn, finishSignIn, type Finished } from './finish-sign-in.ts'
import { useRecoveryCode } from './recovery-codes.ts'
import { countTry } from './throttle.ts'
import { useTotp } from './totp.ts'
import type { Visitor } from './visitor.ts'
import './tables.ts'

const mostTries = 5

interface Given {
  step: string
  code?: string
  recoveryCode?: string
}

/** Refuses `wrong_code`, `step_over`, `too_many_tries`. */
export async function giveSecondFactor(context: Context, visitor: Visitor, given: Given): Promise<Finished> {
  const { db } = context
  const { organizationId, address } = visitor
  if ((given.code === undefined) === (given.recoveryCode === undefined))
    throw invalid('one_factor', 'Give the code from your app, or a recovery code.')
  const named = { organizationId, kind: 'second_factor', token: given.step } as const
  const { personId } = await withinSignIn(db, organizationId, (tx) => readCeremony(context, tx, named))
  if (personId === null) throw invalid('step_over', 'Start again.')
  const forget = await countTry(context, { organizationId, address, account: `second ${personId}` })
  const finished = await withinSignIn(db, organizationId, async (tx) => {
    const factor = await useFactor(context, tx, { organizationId, personId }, given)
    if (!factor) return undefined
    const { factors } = await takeCeremony(context, tx, named)
    return finishSignIn(context, tx, visitor, { personId, factors: [...factors, factor], forget })
  })
  if (finished) return finished
  const refused = given.code === undefined ? 'recovery_code' : 'totp'
  await withinSignIn(db, organizationId, async (tx) => {
    await spendTry(tx, organizationId, personId, mostTries)
    await auditRefusedSignIn(tx, visitor, refused, personId)
  })
  throw new Refusal(401, 'wrong_code', 'This code is not right, or was used before. Wait for the next one.')
}

async function useFactor(
  context: Context,
  tx: Tx,
  owner: { organizationId: string; personId: string },
  { code, recoveryCode }: Given,
) {
  if (code !== undefined) return (await useTotp(context, tx, owner, code)) ? ('totp' as const) : undefined
  return (await useRecoveryCode(context, tx, owner, recoveryCode ?? '')) ? ('recovery_code' as const) : undefined
}

/** Too many wrong ones and the password has to be given again. */
async function spendTry(tx: Tx, organizationId: string, personId: string, most: number) {
  await tx
    .updateTable('people.ceremony')
    .set((row) => ({
      tries: row('tries', '+', 1),
      expiresAt: row
        .case()
        .when('tries', '>=', most - 1)
        .then(row.ref('createdAt'))
        .else(row.ref('expiresAt'))
        .end(),
    }))
    .where('organizationId', '=', organizationId)
    .where('personId', '=', personId)
    .where('kind', '=', 'second_factor')
    .execute()
}
