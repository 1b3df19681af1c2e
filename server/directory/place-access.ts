/** What a place has for people who need it: whose word it is, and since when. */
import type { Actor } from '../platform/actor.ts'
import { audit } from '../platform/audit.ts'
import type { Context } from '../platform/context.ts'
import { within, type Tx } from '../platform/db.ts'
import type { Asked } from '../platform/endpoint.ts'
import { notFound } from '../platform/errors.ts'
import type { AccessFact, checkPlaceAccess } from './contract.ts'
import './tables.ts'

/** The facts of places, by place; what nobody looked at is not there. */
export async function placeAccess(tx: Tx, organizationId: string, placeIds: readonly string[]) {
  const rows =
    placeIds.length === 0
      ? []
      : await tx
          .selectFrom('directory.placeAccess')
          .where('organizationId', '=', organizationId)
          .where('locationId', 'in', placeIds)
          .select(['locationId', 'feature', 'present', 'source', 'verifiedOn'])
          .orderBy('feature')
          .execute()
  const facts = rows.map(({ locationId, feature, present, source, verifiedOn }) => ({
    locationId,
    fact: { feature, present, source, verifiedOn: verifiedOn.toString() } satisfies AccessFact,
  }))
  return (placeId: string): AccessFact[] =>
    facts.filter(({ locationId }) => locationId === placeId).map(({ fact }) => fact)
}

type Checked = Asked<typeof checkPlaceAccess>['body']

/** Writes what somebody found at a place; the search goes by it within moments. Refuses `not_found`. */
export async function checkAccess({ db, now, announce }: Context, actor: Actor, placeId: string, checked: Checked) {
  const { organizationId } = actor
  return within(db, actor, async (tx) => {
    const place = await tx
      .selectFrom('directory.location')
      .where('organizationId', '=', organizationId)
      .where('id', '=', placeId)
      .where('active', '=', true)
      .select('zone')
      .executeTakeFirst()
    if (!place) throw notFound('place')
    await keepAccess(tx, organizationId, placeId, {
      ...checked,
      verifiedOn: now().toZonedDateTimeISO(place.zone).toPlainDate(),
    })
    await audit(tx, actor, {
      action: 'update',
      resourceType: 'Location',
      resourceId: placeId,
      fields: checked.facts.map(({ feature }) => feature),
      purpose: 'OPS',
    })
    const working = await tx
      .selectFrom('directory.practitionerRole')
      .where('organizationId', '=', organizationId)
      .where('locationId', '=', placeId)
      .where('active', '=', true)
      .select('practitionerId')
      .distinct()
      .execute()
    for (const { practitionerId } of working) await announce(tx, 'listing.changed', { organizationId, practitionerId })
    return (await placeAccess(tx, organizationId, [placeId]))(placeId)
  })
}

/** The rows alone, for what brings its own facts along. */
export async function keepAccess(
  tx: Tx,
  organizationId: string,
  locationId: string,
  { facts, source, verifiedOn }: Checked & { verifiedOn: Temporal.PlainDate },
) {
  // Said twice, the later word counts.
  const last = [...new Map(facts.map((fact) => [fact.feature, fact])).values()]
  await tx
    .insertInto('directory.placeAccess')
    .values(last.map((fact) => ({ organizationId, locationId, ...fact, source, verifiedOn })))
    .onConflict((same) =>
      same.columns(['organizationId', 'locationId', 'feature']).doUpdateSet((of) => ({
        present: of.ref('excluded.present'),
        source: of.ref('excluded.source'),
        verifiedOn: of.ref('excluded.verifiedOn'),
      })),
    )
    .execute()
}
