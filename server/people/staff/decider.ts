/** Colleagues who may decide what the whole organization must answer for. */
import type { Context } from '../../platform/context.ts'
import { withinSignIn } from '../../platform/db.ts'
import { invalid } from '../../platform/errors.ts'
import { readContact } from '../contact/index.ts'
import '../sign-in/tables.ts'

/** The id of the administrator or auditor who works here and signs in with this email. Refuses `nobody_decides`. */
export async function deciderNamed({ db }: Context, organizationId: string, email: string): Promise<string> {
  const { value } = readContact({ kind: 'email', value: email })
  const found = await withinSignIn(db, organizationId, (tx) =>
    tx
      .selectFrom('people.loginName as l')
      .innerJoin('people.person as p', (on) =>
        on.onRef('p.organizationId', '=', 'l.organizationId').onRef('p.id', '=', 'l.personId'),
      )
      .innerJoin('people.staffRole as s', (on) =>
        on.onRef('s.organizationId', '=', 'l.organizationId').onRef('s.personId', '=', 'l.personId'),
      )
      .where('l.organizationId', '=', organizationId)
      .where('l.value', '=', value)
      .where('p.endedAt', 'is', null)
      .where('s.role', 'in', ['practice_admin', 'auditor'])
      .select('l.personId')
      .executeTakeFirst(),
  )
  if (!found) throw invalid('nobody_decides', `${email} is no administrator and no auditor of this organization.`)
  return found.personId
}
