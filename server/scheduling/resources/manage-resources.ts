/** What schedulers do with rooms, devices and interpreters: list, add and change them, say what visits need. */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { invalid, notFound } from '../../platform/errors.ts'
import { reindexAll } from '../openings/calendar.ts'
import { saveResource, setNeeds, setSeats, type ResourceFacts, type VisitNeed } from './set-up-resources.ts'
import { sharing, takeTurns } from './turns.ts'

/** All that are in use, by kind and name. */
export async function listResources({ db, now }: Context, actor: Actor) {
  const { organizationId } = actor
  return within(db, actor, async (tx) => {
    const today = now().toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: 1 })
    const [rows, rules, closures, needs] = await Promise.all([
      tx
        .selectFrom('scheduling.resource')
        .where('organizationId', '=', organizationId)
        .where('active', '=', true)
        .orderBy('kind')
        .orderBy('name')
        .selectAll()
        .execute(),
      tx
        .selectFrom('scheduling.resourceRule')
        .where('organizationId', '=', organizationId)
        .orderBy('weekday')
        .orderBy('fromMinute')
        .select(['resourceId', 'weekday', 'fromMinute', 'untilMinute'])
        .execute(),
      tx
        .selectFrom('scheduling.resourceClosure')
        .where('organizationId', '=', organizationId)
        .where('onDate', '>=', today)
        .orderBy('onDate')
        .select(['id', 'resourceId', 'onDate', 'fromMinute', 'untilMinute', 'reason'])
        .execute(),
      tx
        .selectFrom('scheduling.visitNeed as n')
        .innerJoin('scheduling.visitType as v', (on) =>
          on.onRef('v.organizationId', '=', 'n.organizationId').onRef('v.id', '=', 'n.visitTypeId'),
        )
        .where('n.organizationId', '=', organizationId)
        .orderBy('v.code')
        .select(['n.visitTypeId', 'v.code', 'n.kind', 'n.features'])
        .execute(),
    ])
    return {
      resources: rows.map(({ id, kind, name, locationId, zone, features, modality }) => ({
        id,
        kind,
        name,
        placeId: locationId,
        zone,
        features,
        modality,
        hours: rules
          .filter(({ resourceId }) => resourceId === id)
          .map(({ weekday, fromMinute, untilMinute }) => ({ weekday, fromMinute, untilMinute })),
        closures: closures
          .filter(({ resourceId }) => resourceId === id)
          .map(({ id: closureId, onDate, fromMinute, untilMinute, reason }) => ({
            id: closureId,
            day: onDate.toString(),
            fromMinute,
            untilMinute,
            reason,
          })),
      })),
      needs,
    }
  })
}

/** Refuses `unknown_zone`, `ends_before_it_starts`, and what saving refuses. */
export async function keepResource({ db, now }: Context, actor: Actor, facts: ResourceFacts): Promise<string> {
  const { organizationId } = actor
  refuseOddHours(facts)
  return within(db, actor, async (tx) => {
    // Turns of those who share it as it was, and as it is from now on.
    const before = await tx
      .selectFrom('scheduling.resource')
      .where('organizationId', '=', organizationId)
      .where('kind', '=', facts.kind)
      .where('name', '=', facts.name)
      .select('id')
      .executeTakeFirst()
    const shared = before ? await sharing(tx, organizationId, [before.id]) : []
    const id = await saveResource(tx, organizationId, facts)
    await reindexFor(tx, organizationId, [...shared, ...(await sharing(tx, organizationId, [id]))], now())
    await audit(tx, actor, { action: 'update', resourceType: 'Location', resourceId: id, purpose: 'OPS' })
    return id
  })
}

function refuseOddHours({ zone, hours = [] }: ResourceFacts) {
  try {
    Temporal.Now.zonedDateTimeISO(zone)
  } catch {
    throw invalid('unknown_zone', 'There is no such time zone.')
  }
  if (hours.some(({ fromMinute, untilMinute }) => untilMinute <= fromMinute))
    throw invalid('ends_before_it_starts', 'Hours end after they start.')
}

/** Refuses `not_found` for a visit type that is not there. */
export async function keepNeeds(
  { db, now }: Context,
  actor: Actor,
  { code, needs, seats }: { code: string; needs: readonly VisitNeed[]; seats?: number },
): Promise<string> {
  const { organizationId } = actor
  if (new Set(needs.map(({ kind }) => kind)).size < needs.length)
    throw invalid('one_of_a_kind', 'A visit needs at most one room and one device.')
  return within(db, actor, async (tx) => {
    const type = await tx
      .selectFrom('scheduling.visitType')
      .where('organizationId', '=', organizationId)
      .where('code', '=', code)
      .select('id')
      .executeTakeFirst()
    if (!type) throw notFound('visit type')
    const offered = await tx
      .selectFrom('scheduling.offering')
      .where('organizationId', '=', organizationId)
      .where('visitTypeId', '=', type.id)
      .where('active', '=', true)
      .select('practitionerId')
      .distinct()
      .execute()
    const practitionerIds = offered.map(({ practitionerId }) => practitionerId)
    await takeTurns(tx, organizationId, { practitionerIds })
    await setNeeds(tx, organizationId, type.id, needs)
    if (seats !== undefined) await setSeats(tx, organizationId, type.id, seats)
    await reindexFor(tx, organizationId, practitionerIds, now())
    await audit(tx, actor, { action: 'update', resourceType: 'HealthcareService', resourceId: type.id, purpose: 'OPS' })
    return type.id
  })
}

async function reindexFor(tx: Tx, organizationId: string, whose: readonly string[], now: Temporal.Instant) {
  const practitionerIds = [...new Set(whose)]
  await takeTurns(tx, organizationId, { practitionerIds })
  for (const practitionerId of practitionerIds) await reindexAll(tx, organizationId, practitionerId, now)
}
