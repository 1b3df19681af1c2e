/** Sets the password of the own account, and ends what others may have open with the old one. */
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { withinSignIn, type Tx } from '../../platform/db.ts'
import { hashPassword } from '../sign-in/password-hash.ts'
import { endSessionsOf } from '../sign-in/sessions.ts'
import { refuseWeakPassword } from '../sign-in/weak-password.ts'
import { changeAccount, requireFreshProof, type Owner } from './own-account.ts'

/** Refuses `prove_again` and what a weak password refuses. */
export async function setPassword(context: Context, actor: Actor, password: string) {
  const owner = requireFreshProof(context, actor)
  const personal = await withinSignIn(context.db, owner.organizationId, (tx) =>
    personalWordsOf(tx, owner.organizationId, owner.personId),
  )
  await refuseWeakPassword(context, password, personal)
  const hash = await hashPassword(password)
  await changeAccount(context, actor, { change: 'password_set', action: 'update' }, async (tx) => {
    await keepPassword(context, tx, owner, hash)
    await endSessionsOf(context, tx, { ...owner, because: 'password_set' }, actor.session?.id)
  })
}

export async function keepPassword({ now }: Pick<Context, 'now'>, tx: Tx, owner: Owner, hash: string) {
  const kept = { hash, setAt: now() }
  await tx
    .insertInto('people.password')
    .values({ ...owner, ...kept })
    .onConflict((same) => same.columns(['organizationId', 'personId']).doUpdateSet(kept))
    .execute()
}

/** What somebody who knows this person would try first. */
export async function personalWordsOf(tx: Tx, organizationId: string, personId: string): Promise<string[]> {
  const person = await tx
    .selectFrom('people.person as p')
    .innerJoin('people.organization as o', 'o.id', 'p.organizationId')
    .where('p.organizationId', '=', organizationId)
    .where('p.id', '=', personId)
    .select(['p.name', 'o.name as clinic', 'o.slug'])
    .executeTakeFirst()
  const logins = await tx
    .selectFrom('people.loginName')
    .where('organizationId', '=', organizationId)
    .where('personId', '=', personId)
    .select('value')
    .execute()
  return [person?.name, person?.clinic, person?.slug, ...logins.map(({ value }) => value)].filter(
    (word) => typeof word === 'string',
  )
}
