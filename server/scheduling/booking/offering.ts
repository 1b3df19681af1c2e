/** What is being booked, read in one statement; and a clinician's turn. */
import { sql } from 'kysely'
import { send, type Tx } from '../../platform/db.ts'
import { notFound } from '../../platform/errors.ts'
import { statement } from '../../platform/statement.ts'
import type { Need } from '../resources/pools.ts'
import type { Rule } from '../rules/in-force.ts'
import type { BookingRules } from './rules.ts'
import type { OfferingInFull } from '../view.ts'
import '../tables.ts'

/** What a booking has to know of an offering, and all that the page it answers with shows of it. */
export interface OfferingFacts extends BookingRules, OfferingInFull {
  visitTypeId: string
  bufferBefore: number
  bufferAfter: number
  /** Whether the start that was asked for is in the index of openings, as of this statement. */
  isOpen: boolean
  /** Rooms and devices beside the clinician; null for none. */
  needs: Need[] | null
  stepMinutes: number
  /** The rules of scheduling about it, on any day; null for none. */
  rules: Rule[] | null
}

/** Reads an offering, and whether this start of it is open now; `takeTime` has the last word on that. */
export async function readToBook(
  tx: Tx,
  organizationId: string,
  offeringId: string,
  startMinute: number,
): Promise<OfferingFacts> {
  const found = await readAllToBook(tx, organizationId, [{ offeringId, startMinute }])
  const offering = found.get(offeringId)
  if (!offering) throw notFound('visit')
  return offering
}

/** The same of several offerings, by id; one that is not there is missing. */
export async function readAllToBook(
  tx: Tx,
  organizationId: string,
  wishes: readonly { offeringId: string; startMinute: number }[],
): Promise<Map<string, OfferingFacts>> {
  const offerings = await send(tx, readOfferings, {
    organizationId,
    offeringIds: wishes.map(({ offeringId }) => offeringId),
    startMinutes: wishes.map(({ startMinute }) => startMinute),
  })
  return new Map(offerings.map((offering) => [offering.id, offering]))
}

const readOfferings = statement<
  { organizationId: string; offeringIds: string[]; startMinutes: number[] },
  OfferingFacts
>`
  select o.id, o.practitioner_id, o.location_id, o.visit_type_id, o.mode, o.minutes, o.buffer_before, o.buffer_after, o.step_minutes,
    o.min_notice_minutes, o.horizon_days, o.for_patients, o.min_age_years, o.max_age_years, r.accepts_new,
    exists (select from scheduling.opening p where p.organization_id = o.organization_id
      and p.offering_id = o.id and p.first_start <= w.start_minute and p.first_start > w.start_minute - 1440
      and w.start_minute = any (p.starts)) as is_open,
    (select json_agg(json_build_object('kind', n.kind, 'features', n.features)) from scheduling.visit_need n
      where n.organization_id = o.organization_id and n.visit_type_id = o.visit_type_id) as needs,
    (select json_agg(json_build_object('ruleId', f.rule_id, 'version', f.version, 'kind', f.kind, 'subject', f.subject, 'standing', f.standing,
        'locationId', f.location_id, 'practitionerId', f.practitioner_id, 'visitTypeId', f.visit_type_id,
        'settings', f.settings, 'fromDay', f.from_day, 'untilDay', f.until_day))
      from scheduling.rule_in_force f where f.organization_id = o.organization_id
        and (f.practitioner_id is null or f.practitioner_id = o.practitioner_id)
        and (f.location_id is null or f.location_id = o.location_id)
        and (f.visit_type_id is null or f.visit_type_id = o.visit_type_id)) as rules,
    v.code, v.seats, v.name as visit_name, v.prepare, v.bring, g.cancel_cutoff_minutes,
    p.given_name, p.family_name, p.prefix, p.credentials, p.gender, p.languages,
    l.name as place_name, l.address_lines, l.city, l.state, l.postcode, l.phone, l.zone, l.latitude, l.longitude, l.directions
  from unnest(${'offeringIds'}::uuid[], ${'startMinutes'}::int[]) as w(offering_id, start_minute)
  join scheduling.offering o on o.organization_id = ${'organizationId'} and o.id = w.offering_id and o.active
  join scheduling.visit_type v on v.organization_id = o.organization_id and v.id = o.visit_type_id
  join directory.practitioner_role r on r.organization_id = o.organization_id and r.id = o.practitioner_role_id
  join directory.practitioner p on p.organization_id = o.organization_id and p.id = o.practitioner_id
  join directory.location l on l.organization_id = o.organization_id and l.id = o.location_id
  join people.organization g on g.id = o.organization_id`

/** Waits for a clinician's turn (`scheduling.take_time` tells of it), for what is not about one opening: cancelling, blocking, new hours. */
export async function takeTurn(tx: Tx, practitionerId: string) {
  await sql`select pg_advisory_xact_lock(hashtextextended(${practitionerId}::text, 7))`.execute(tx)
}
