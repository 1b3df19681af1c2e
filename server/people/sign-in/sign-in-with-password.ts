/** Signs in with a name and a password: one answer, and one time to give it, for every account that it does not open. */
import type { Context } from '../../platform/context.ts'
import { send, together, withinSignIn } from '../../platform/db.ts'
import { Refusal } from '../../platform/errors.ts'
import { statement } from '../../platform/statement.ts'
import { emailOf, phoneOf } from '../contact/address.ts'
import { auditRefusedSignIn, finishSignIn, type Finished } from './finish-sign-in.ts'
import { hashPassword, verifyPassword } from './password-hash.ts'
import { countTryWithin } from './throttle.ts'
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
  const [forget, [found]] = await withinSignIn(db, organizationId, (tx) =>
    together([
      countTryWithin(context, tx, { organizationId, address, account: login.value }),
      send(tx, findByLogin, { organizationId, ...login }),
    ]),
  )
  const { isRight, outdated } = await verifyPassword(password, found?.hash ?? undefined)
  if (!found || !isRight) {
    await withinSignIn(db, organizationId, (tx) => auditRefusedSignIn(tx, visitor, 'password', found?.personId))
    throw wrongPassword()
  }
  const { personId } = found
  const better = outdated ? await hashPassword(password) : undefined
  return withinSignIn(db, organizationId, async (tx) => {
    if (better !== undefined)
      await tx
        .updateTable('people.password')
        .set({ hash: better })
        .where('organizationId', '=', organizationId)
        .where('personId', '=', personId)
        .execute()
    return finishSignIn(context, tx, visitor, { personId, factors: ['password'], forget })
  })
}

/** A name that cannot be one is looked up all the same: it takes as long as any other. Pure. */
function loginOf(name: string) {
  if (name.includes('@')) return { kind: 'email', value: emailOf(name) } as const
  return { kind: 'phone', value: phoneOf(name) ?? name.trim() } as const
}

const findByLogin = statement<
  { organizationId: string; kind: 'email' | 'phone'; value: string },
  { personId: string; hash: string | null }
>`
  select l.person_id, w.hash from people.login_name l
  join people.person p on p.organization_id = l.organization_id and p.id = l.person_id and p.ended_at is null
  left join people.password w on w.organization_id = l.organization_id and w.person_id = l.person_id
  where l.organization_id = ${'organizationId'} and l.kind = ${'kind'} and l.value = ${'value'}`
