/** Who works here, by name: as what, since when and by whose word, and who cannot sign in yet. */
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { withinSignIn, type Tx } from '../../platform/db.ts'
import '../sign-in/tables.ts'

/**
 * Everybody who has or had a role, with the roles they hold now. `givenBy` is a name; null when the command line or the
 * product itself gave it. `invitedUntil` while a link to set the account up is open.
 */
export async function listStaff({ db, now }: Context, actor: Actor) {
  const { organizationId } = actor
  // As sign-in: who has a way in is nothing that the role of staff may read.
  return withinSignIn(db, organizationId, async (tx) => {
    const people = await readPeople(tx, organizationId, now())
    const roles = await readRoles(tx, organizationId)
    await audit(tx, actor, { action: 'search', resourceType: 'Account', purpose: 'OPS' })
    const held = Map.groupBy(roles, ({ personId }) => personId)
    return people.map(({ id, name, email, endedAt, enrolled, invitedUntil }) => ({
      id,
      name,
      email,
      own: actor.personId === id,
      roles: (held.get(id) ?? []).map(({ role, givenAt, byName }) => ({
        role,
        givenAt: givenAt.toString(),
        givenBy: byName,
      })),
      enrolled: Boolean(enrolled),
      invitedUntil: invitedUntil?.toString() ?? null,
      endedAt: endedAt?.toString() ?? null,
    }))
  })
}

const ownRows = { organizationId: 'p.organizationId', personId: 'p.id' } as const

function readPeople(tx: Tx, organizationId: string, now: Temporal.Instant) {
  return tx
    .selectFrom('people.person as p')
    .where('p.organizationId', '=', organizationId)
    .where((of) =>
      of.exists(
        of
          .selectFrom('people.staffRole as r')
          .whereRef('r.organizationId', '=', ownRows.organizationId)
          .whereRef('r.personId', '=', ownRows.personId)
          .select('r.id'),
      ),
    )
    .select((of) => [
      'p.id',
      'p.name',
      'p.endedAt',
      of
        .selectFrom('people.loginName as l')
        .whereRef('l.organizationId', '=', ownRows.organizationId)
        .whereRef('l.personId', '=', ownRows.personId)
        .where('l.kind', '=', 'email')
        .select('l.value')
        .limit(1)
        .as('email'),
      of
        .or([
          of.exists(
            of
              .selectFrom('people.passkey as k')
              .whereRef('k.organizationId', '=', ownRows.organizationId)
              .whereRef('k.personId', '=', ownRows.personId)
              .where('k.removedAt', 'is', null)
              .select('k.id'),
          ),
          of.exists(
            of
              .selectFrom('people.password as w')
              .whereRef('w.organizationId', '=', ownRows.organizationId)
              .whereRef('w.personId', '=', ownRows.personId)
              .select('w.personId'),
          ),
        ])
        .as('enrolled'),
      of
        .selectFrom('people.ceremony as c')
        .whereRef('c.organizationId', '=', ownRows.organizationId)
        .whereRef('c.personId', '=', ownRows.personId)
        .where('c.kind', '=', 'enrolment')
        .where('c.usedAt', 'is', null)
        .where('c.expiresAt', '>', now)
        .select((most) => most.fn.max('c.expiresAt').as('until'))
        .as('invitedUntil'),
    ])
    .orderBy('p.name')
    .orderBy('p.id')
    .execute()
}

/** `byName`: of the colleague whose word it was; ids of the trail say what kind of actor they name. */
function readRoles(tx: Tx, organizationId: string) {
  return tx
    .selectFrom('people.staffRole as r')
    .leftJoin('people.person as g', (on) =>
      on.onRef('g.organizationId', '=', 'r.organizationId').on('r.givenBy', '=', sql<string>`'person:' || g.id`),
    )
    .where('r.organizationId', '=', organizationId)
    .where('r.endedAt', 'is', null)
    .select(['r.personId', 'r.role', 'r.givenAt', 'g.name as byName'])
    .orderBy('r.role')
    .execute()
}
