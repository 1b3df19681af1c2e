/** What is being booked, read in one statement that also takes the clinician's turn. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { notFound } from '../platform/errors.ts'
import type { BookingRules } from './rules.ts'
import './tables.ts'

export interface OfferingFacts extends BookingRules {
  id: string
  practitionerId: string
  locationId: string
  visitTypeId: string
  mode: 'in_person' | 'video'
  minutes: number
  bufferBefore: number
  bufferAfter: number
  zone: string
  cancelCutoffMinutes: number
  /** Whether the start that was asked for is in the index of openings, as of this statement. */
  isOpen: boolean
}

/**
 * Reads an offering and, when `startMinute` is still open, waits for the clinician's turn: whatever changes a
 * clinician's time does so in its turn, one after another, so that the index of openings is never cut twice at once.
 * Those who come too late do not queue. The turn ends with the transaction.
 */
export async function offeringInTurn(
  tx: Tx,
  organizationId: string,
  offeringId: string,
  startMinute: number,
): Promise<OfferingFacts> {
  const { rows } = await sql<OfferingFacts>`
    with asked as (
      select o.*, r.accepts_new, l.zone, g.cancel_cutoff_minutes,
        exists (select from scheduling.opening p where p.organization_id = o.organization_id
          and p.offering_id = o.id and p.first_start <= ${startMinute}::int and p.first_start > ${startMinute}::int - 1440
          and ${startMinute}::int = any (p.starts)) as is_open
      from scheduling.offering o
      join directory.practitioner_role r on r.organization_id = o.organization_id and r.id = o.practitioner_role_id
      join directory.location l on l.organization_id = o.organization_id and l.id = o.location_id
      join people.organization g on g.id = o.organization_id
      where o.organization_id = ${organizationId} and o.id = ${offeringId} and o.active
    )
    select id, practitioner_id, location_id, visit_type_id, mode, minutes, buffer_before, buffer_after, min_notice_minutes,
      horizon_days, for_patients, min_age_years, max_age_years, accepts_new, zone, cancel_cutoff_minutes, is_open,
      case when is_open then pg_advisory_xact_lock(hashtextextended(practitioner_id::text, 7)) end as turn
    from asked`.execute(tx)
  const offering = rows[0]
  if (!offering) throw notFound('visit')
  return offering
}

/** Waits for a clinician's turn (see above), for what is not about one opening: cancelling, blocking, new hours. */
export async function takeTurn(tx: Tx, practitionerId: string) {
  await sql`select pg_advisory_xact_lock(hashtextextended(${practitionerId}::text, 7))`.execute(tx)
}
