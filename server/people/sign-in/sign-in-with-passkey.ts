/** Signs in with a passkey alone: it is in the person's hands and made sure of them. */
import type { Context } from '../../platform/context.ts'
import { withinSignIn } from '../../platform/db.ts'
import type { PasskeyAnswer } from './contract.ts'
import { auditRefusedSignIn, finishSignIn, type Finished } from './finish-sign-in.ts'
import { readPasskeyAnswer } from './passkeys.ts'
import { countTry } from './throttle.ts'
import type { Visitor } from './visitor.ts'

/** Refuses `step_over`, `wrong_passkey`, `too_many_tries`. */
export async function signInWithPasskey(
  context: Context,
  visitor: Visitor,
  answered: { step: string; answer: PasskeyAnswer },
): Promise<Finished> {
  const { organizationId, address } = visitor
  const forget = await countTry(context, { organizationId, address })
  const { personId } = await readPasskeyAnswer(context, organizationId, answered).catch(async (error: unknown) => {
    await withinSignIn(context.db, organizationId, (tx) => auditRefusedSignIn(tx, visitor, 'passkey'))
    throw error
  })
  return withinSignIn(context.db, organizationId, (tx) =>
    finishSignIn(context, tx, visitor, { personId, factors: ['passkey'], forget }),
  )
}
