/** It is still you: a passkey, or the password with the app's code, or for patients a code to their own contact. */
import type { Context } from '../../platform/context.ts'
import { withinSignIn } from '../../platform/db.ts'
import { Refusal } from '../../platform/errors.ts'
import { readProof } from '../contact/proof.ts'
import type { ProveAgain } from './contract.ts'
import { assuranceOf, auditRefusedSignIn, readStanding } from './finish-sign-in.ts'
import { readPasskeyAnswer } from './passkeys.ts'
import { verifyPassword } from './password-hash.ts'
import { ownerOf, useProof } from './sign-in-with-proof.ts'
import type { Factor } from './tables.ts'
import { countTry } from './throttle.ts'
import { useTotp } from './totp.ts'
import type { Visitor } from './visitor.ts'

const notProved = () => new Refusal(401, 'not_proved', 'That was not right. Try again.')

/** Gives the factors that this person has just proved. Refuses `not_proved`, `too_many_tries`, `proof`, `step_over`. */
export async function proveAgain(
  context: Context,
  visitor: Visitor,
  personId: string,
  given: ProveAgain,
): Promise<readonly Factor[]> {
  const { organizationId, address } = visitor
  const forget = await countTry(context, { organizationId, address, account: `again ${personId}` })
  const factors = await readFactors(context, visitor, personId, given)
  const standing = await withinSignIn(context.db, organizationId, (tx) => readStanding(tx, organizationId, personId))
  const assurance = assuranceOf(factors, standing.staffRoles.length > 0)
  // Whoever has set up two factors is asked for two; who has one, for that.
  const needed = standing.hasTotp || standing.staffRoles.length > 0 ? 2 : 1
  if (assurance < needed) {
    await withinSignIn(context.db, organizationId, (tx) =>
      auditRefusedSignIn(tx, visitor, factors[0] ?? 'password', personId),
    )
    throw notProved()
  }
  await forget()
  return factors
}

async function readFactors(
  context: Context,
  { organizationId }: Visitor,
  personId: string,
  { passkey, password, code, proof }: ProveAgain,
): Promise<Factor[]> {
  const { db } = context
  if (passkey) {
    const proved = await readPasskeyAnswer(context, organizationId, passkey)
    return proved.personId === personId ? ['passkey'] : []
  }
  const factors: Factor[] = []
  if (password !== undefined && (await isPassword(context, { organizationId, personId }, password)))
    factors.push('password')
  if (proof !== undefined) {
    const contact = readProof(context, organizationId, proof)
    const owner = await withinSignIn(db, organizationId, async (tx) => {
      await useProof(context, tx, organizationId, proof)
      return ownerOf(tx, organizationId, contact)
    })
    if (owner === personId) factors.push('code')
  }
  // A right code is used up only together with what it is second to.
  if (factors.length > 0 && code !== undefined) {
    const isRight = await withinSignIn(db, organizationId, (tx) =>
      useTotp(context, tx, { organizationId, personId }, code),
    )
    if (isRight) factors.push('totp')
  }
  return factors
}

async function isPassword(
  { db }: Context,
  { organizationId, personId }: { organizationId: string; personId: string },
  password: string,
): Promise<boolean> {
  const kept = await withinSignIn(db, organizationId, (tx) =>
    tx
      .selectFrom('people.password')
      .where('organizationId', '=', organizationId)
      .where('personId', '=', personId)
      .select('hash')
      .executeTakeFirst(),
  )
  return (await verifyPassword(password, kept?.hash)).isRight
}
