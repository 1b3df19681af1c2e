/** Where and in which language somebody is told that their ways to sign in have changed. */
import type { Context } from '../../platform/context.ts'
import { withinSignIn } from '../../platform/db.ts'
import type { Language } from '../../platform/endpoint.ts'
import type { Contact } from '../contact/address.ts'
import '../sign-in/tables.ts'

/** The contact they sign in with, email before phone; undefined when there is none, or no such account any more. */
export async function accountNotice(
  { db }: Context,
  organizationId: string,
  personId: string,
): Promise<{ to: Contact; language: Language } | undefined> {
  const found = await withinSignIn(db, organizationId, (tx) =>
    tx
      .selectFrom('people.loginName as l')
      .innerJoin('people.person as p', (on) =>
        on.onRef('p.organizationId', '=', 'l.organizationId').onRef('p.id', '=', 'l.personId'),
      )
      .where('l.organizationId', '=', organizationId)
      .where('l.personId', '=', personId)
      .where('p.endedAt', 'is', null)
      .select(['l.kind', 'l.value', 'p.language'])
      .orderBy('l.kind')
      .orderBy('l.value')
      .limit(1)
      .executeTakeFirst(),
  )
  if (!found) return undefined
  const { kind, value, language } = found
  return { to: { kind, value }, language: language === 'es' ? 'es' : 'en' }
}
