/** Who works here, by name. */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import '../sign-in/tables.ts'

/** Everybody who has or had a role, with the roles they hold now. */
export async function listStaff({ db }: Context, actor: Actor) {
  return within(db, actor, async (tx) => {
    const rows = await tx
      .selectFrom('people.person as p')
      .innerJoin('people.staffRole as r', (on) =>
        on.onRef('r.organizationId', '=', 'p.organizationId').onRef('r.personId', '=', 'p.id'),
      )
      .where('p.organizationId', '=', actor.organizationId)
      .select(['p.id', 'p.name', 'p.endedAt', 'r.role', 'r.givenAt', 'r.givenBy', 'r.endedAt as roleEndedAt'])
      .orderBy('p.name')
      .orderBy('p.id')
      .orderBy('r.role')
      .execute()
    await audit(tx, actor, { action: 'search', resourceType: 'Account', purpose: 'OPS' })
    const byPerson = Map.groupBy(rows, ({ id }) => id)
    return [...byPerson.values()].flatMap((held) => {
      const [first] = held
      if (!first) return []
      const roles = held
        .filter(({ roleEndedAt }) => roleEndedAt === null)
        .map(({ role, givenAt, givenBy }) => ({ role, givenAt: givenAt.toString(), givenBy }))
      return [{ id: first.id, name: first.name, roles, endedAt: first.endedAt?.toString() ?? null }]
    })
  })
}
