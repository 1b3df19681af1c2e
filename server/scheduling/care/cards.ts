/** What a result shows: clinician, place, visit, distance, network, next openings, and why it is there. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { clinicianView, placeView, specialtyView } from '../../directory/index.ts'
import { networkFacts } from '../../coverage/index.ts'
import { listOf, type Asked } from './asked.ts'
import { openingFits, soonest, unknownTenths } from './filters.ts'
import type { Found } from './order.ts'
import { reasonsFor } from './reasons.ts'
import type { CareResult } from '../contract.ts'
import { toInstant } from '../openings/minutes.ts'
import { offeringsInFull, offeringView } from '../view.ts'

/** The cards of a page, in its order: three queries, however many results. */
export async function showFound(tx: Tx, asked: Asked, found: readonly Found[]): Promise<CareResult[]> {
  if (found.length === 0) return []
  const roleIds = found.map(({ roleId }) => roleId)
  const [offerings, starts, facts] = await Promise.all([
    readOfferings(tx, asked, found),
    readStarts(tx, asked, found),
    asked.networks &&
      networkFacts(tx, asked.organizationId, { roleIds, networkIds: asked.networks, now: toInstant(asked.now) }),
  ])
  return found.flatMap((one, place) => {
    const row = offerings.get(one.offeringId)
    if (!row) return []
    const network = facts?.find(({ roleId }) => roleId === one.roleId)?.fact ?? null
    const miles = asked.point && one.tenths < unknownTenths ? one.tenths / 10 : null
    const isFirst = place === 0 && !asked.byDistance
    return {
      clinician: clinicianView({ ...row, id: row.practitionerId }),
      place: placeView({ ...row, id: row.locationId, name: row.placeName }),
      specialty: specialtyView(one.specialty, asked.language),
      offering: offeringView(row, asked.language),
      acceptsNew: row.acceptsNew,
      miles,
      network,
      openings: (starts.get(one.offeringId) ?? []).map((start) => toInstant(start).toString()),
      because: reasonsFor(asked, { found: one, miles, network, isFirst, mode: row.mode }),
    }
  })
}

async function readOfferings(tx: Tx, asked: Asked, found: readonly Found[]) {
  const rows = await offeringsInFull(tx, asked.organizationId)
    .innerJoin('directory.practitionerRole as r', (join) =>
      join.onRef('r.organizationId', '=', 'o.organizationId').onRef('r.id', '=', 'o.practitionerRoleId'),
    )
    .where(sql<boolean>`o.id = any (${offeringIds(found)})`)
    .select('r.acceptsNew')
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** The next three openings of each visit that fit the day, the part of the day and the notice, soonest first. */
async function readStarts(tx: Tx, asked: Asked, found: readonly Found[]) {
  const { rows } = await sql<{ offeringId: string; starts: number[] }>`
    select l.offering_id, array(
      select n from scheduling.opening p, unnest(p.starts) n
      where ${openingFits(asked)} and n >= ${soonest(asked)} order by p.first_start, n limit 3) as starts
    from scheduling.listing l
    where l.organization_id = ${asked.organizationId} and l.offering_id = any (${offeringIds(found)}) and l.main`.execute(
    tx,
  )
  return new Map(rows.map(({ offeringId, starts }) => [offeringId, starts]))
}

const offeringIds = (found: readonly Found[]) =>
  listOf(
    found.map(({ offeringId }) => offeringId),
    'uuid',
  )
