/** Signs in with a name and a password: one answer, and one time to give it, for every account that it does not open. */
import type { Context } from '../../platform/context.ts'
import { withinSignIn, type Tx } from '../../platform/db.ts'
import { Refusal } from '../../platform/errors.ts'
import { emailOf, phoneOf } from '../contact/address.ts'
import { auditRefusedSignIn, finishSignIn, type Finished } from './finish-sign-in.ts'
import { hashPassword, verifyPassword } from './password-hash.ts'
import { countTry } from './throttle.ts'
import type { Visitor } from './visitor.ts'
import './tables.ts'

export const wrongPassword = () =>
  new Refusal(401, 'wrong_sign_in', 'The name or the password is not right. Try again, or sign in another way.')

/** Refuses `wrong_sign_in`, `too_many_tries`, and what finishing refuses. */
export async function signInWithPassword(
  context: Context,
  visitor: Visitor,
  { name, password }: { name: string; password: string },
): Promise<Finished> {
  const { db } = context
  const { organizationId, address } = visitor
  const login = loginOf(name)
  const forget = await countTry(context, { organizationId, address, account: login.value })
  const found = await withinSignIn(db, organizationId, (tx) => findByLogin(tx, organizationId, login))
  const { isRight, outdated } = await verifyPassword(password, found?.hash ?? undefined)
  if (!found || !isRight) {
    await withinSignIn(db, organizationId, (tx) => auditRefusedSignIn(tx, visitor, 'password', found?.personId))
    throw wrongPassword()
  }
  const { personId } = found
  const better = outdated ? await hashPassword(password) : undefined
  const finished = await withinSignIn(db, organizationId, async (tx) => {
    if (better !== undefined)
      await tx
        .updateTable('people.password')
        .set({ hash: better })
        .where('organizationId', '=', organizationId)
        .where('personId', '=', personId)
        .execute()
    return finishSignIn(context, tx, visitor, { personId, factors: ['password'] })
  })
  await forget()
  return finished
}

/** A name that cannot be one is looked up all the same: it takes as long as any other. Pure. */
function loginOf(name: string) {
  if (name.includes('@')) return { kind: 'email', value: emailOf(name) } as const
  return { kind: 'phone', value: phoneOf(name) ?? name.trim() } as const
}

async function findByLogin(tx: Tx, organizationId: string, { kind, value }: ReturnType<typeof loginOf>) {
  return tx
    .selectFrom('people.loginName as l')
    .innerJoin('people.person as p', (on) =>
      on.onRef('p.organizationId', '=', 'l.organizationId').onRef('p.id', '=', 'l.personId'),
    )
    .leftJoin('people.password as w', (on) =>
      on.onRef('w.organizationId', '=', 'l.organizationId').onRef('w.personId', '=', 'l.personId'),
    )
    .where('l.organizationId', '=', organizationId)
    .where('l.kind', '=', kind)
    .where('l.value', '=', value)
    .where('p.endedAt', 'is', null)
    .select(['l.personId', 'w.hash'])
    .executeTakeFirst()
}
