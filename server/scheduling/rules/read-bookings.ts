/** Bookings as the rules look at them, past or coming, of all whom a rule is about. Nothing of a patient leaves the server. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { ageOn } from '../booking/rules.ts'
import { toMinute } from '../openings/minutes.ts'
import type { Scope } from './in-force.ts'
import type { Booked } from './replay.ts'
import { whenOf } from './when.ts'

/** More than that are not looked at: the latest count. */
const mostBookings = 20_000

interface Row {
  id: string
  version: number
  startsAt: Temporal.Instant
  bookedAt: Temporal.Instant
  minutes: number
  practitionerId: string
  locationId: string
  visitTypeId: string
  mode: 'in_person' | 'video'
  forPatients: 'any' | 'new' | 'established'
  zone: string
  state: string | null
  bornOn: Temporal.PlainDate | null
  isNew: boolean
  home: string | null
  referral: boolean
  authorization: boolean
  clinician: string
  visitName: { en?: string; es?: string }
}

export type Known = Booked & { visitVersion: number; startsAt: string; clinician: string; visitType: string }

/** Those that start between two instants. `ofPatients`: with what is known of the patient, which takes longer. */
export async function readBookings(
  tx: Tx,
  organizationId: string,
  { locationId, practitionerId }: Scope,
  { from, until, ofPatients }: { from: Temporal.Instant; until: Temporal.Instant; ofPatients: boolean },
): Promise<Known[]> {
  const referral = sql`exists (select from scheduling.referral f where f.organization_id = a.organization_id
    and f.patient_id = any(people.record_ids(a.organization_id, a.patient_id)) and a.visit_type_id = any (f.visit_type_ids) and f.closed_at is null
    and (a.starts_at at time zone l.zone)::date between f.valid_from and f.valid_until
    and (f.appointment_id is null or f.appointment_id = a.id))`
  const authorization = sql`exists (select from scheduling.visit_authorization c
    where c.organization_id = a.organization_id and c.patient_id = any(people.record_ids(a.organization_id, a.patient_id)) and c.visit_type_id = a.visit_type_id
      and c.from_day <= (a.starts_at at time zone l.zone)::date
      and (c.until_day is null or c.until_day >= (a.starts_at at time zone l.zone)::date))`
  const facts = ofPatients
    ? sql`a.new_patient or scheduling.is_first_visit(a.patient_id, a.starts_at) as is_new, scheduling.home_state_of(a.patient_id) as home,
        ${referral} as referral, ${authorization} as authorization`
    : sql`a.new_patient as is_new, null as home, false as referral, false as authorization`
  const { rows } = await sql<Row>`
    select a.id, a.version, a.starts_at, a.booked_at, o.minutes, a.practitioner_id, a.location_id, a.visit_type_id, a.mode, o.for_patients,
      l.zone, l.state, p.born_on, ${facts}, concat_ws(' ', d.given_name, d.family_name) as clinician, v.name as visit_name
    from scheduling.appointment a
    join scheduling.offering o on o.organization_id = a.organization_id and o.id = a.offering_id
    join scheduling.visit_type v on v.organization_id = a.organization_id and v.id = a.visit_type_id
    join directory.location l on l.organization_id = a.organization_id and l.id = a.location_id
    join directory.practitioner d on d.organization_id = a.organization_id and d.id = a.practitioner_id
    join people.patient p on p.organization_id = a.organization_id and p.id = a.patient_id
    where a.organization_id = ${organizationId} and a.status = 'booked' and a.starts_at >= ${from} and a.starts_at < ${until}
      ${practitionerId === null ? sql`` : sql`and a.practitioner_id = ${practitionerId}::uuid`}
      ${locationId === null ? sql`` : sql`and a.location_id = ${locationId}::uuid`}
    order by a.starts_at desc limit ${sql.lit(mostBookings)}`.execute(tx)
  return rows.map(known)
}

function known(row: Row): Known {
  const { practitionerId, locationId, visitTypeId, mode, forPatients, state, zone, minutes } = row
  const start = toMinute(row.startsAt)
  const when = whenOf(start, minutes, zone)
  return {
    appointmentId: row.id,
    visitVersion: row.version,
    startsAt: row.startsAt.toString(),
    clinician: row.clinician,
    visitType: row.visitName.en ?? row.visitName.es ?? '',
    bookedAt: toMinute(row.bookedAt),
    visit: { practitionerId, locationId, visitTypeId, mode, forPatients, state, when },
    patient: {
      age: row.bornOn && ageOn(row.bornOn, Temporal.PlainDate.from(when.date)),
      isNew: row.isNew,
      state: row.home,
      cleared: [
        ...(row.referral ? (['referral'] as const) : []),
        ...(row.authorization ? (['authorization'] as const) : []),
      ],
    },
  }
}
