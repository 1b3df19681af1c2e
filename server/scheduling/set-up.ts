/** Sets up what can be booked: visit types, who offers them where, and weekly hours. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { Spoken } from '../platform/endpoint.ts'
import './tables.ts'

export { importHours } from './hours/import-hours.ts'
export { saveResource, setNeeds } from './resources/set-up-resources.ts'

export interface VisitTypeFacts {
  code: string
  name: Spoken<string>
  prepare?: Spoken<string[]>
  bring?: Spoken<string[]>
  position?: number
  /** Stays between a teenager and the clinic: parents who act for them are not told. */
  confidential?: boolean
  /** More than one makes it a group visit. */
  seats?: number
}

/** Makes a visit type, or brings the one of this code up to date; gives its id. */
export async function defineVisitType(
  tx: Tx,
  organizationId: string,
  { code, name, prepare = {}, bring = {}, position = 0, confidential = false, seats = 1 }: VisitTypeFacts,
): Promise<string> {
  const facts = { name: JSON.stringify(name), prepare: JSON.stringify(prepare), bring: JSON.stringify(bring) }
  const { rows } = await sql<{ id: string }>`
    insert into scheduling.visit_type (organization_id, code, name, prepare, bring, position, confidential, seats)
    values (${organizationId}, ${code}, ${facts.name}::jsonb, ${facts.prepare}::jsonb, ${facts.bring}::jsonb, ${position}, ${confidential}, ${seats})
    on conflict on constraint one_visit_type_a_code do update set name = excluded.name, prepare = excluded.prepare,
      bring = excluded.bring, position = excluded.position, confidential = excluded.confidential, seats = excluded.seats
    returning id`.execute(tx)
  const [row] = rows
  if (!row) throw new Error('no visit type was written')
  return row.id
}

export interface OfferingFactsIn {
  practitionerRoleId: string
  visitTypeId: string
  minutes: number
  mode?: 'in_person' | 'video'
  bufferBefore?: number
  bufferAfter?: number
  stepMinutes?: number
  minNoticeMinutes?: number
  horizonDays?: number
  forPatients?: 'any' | 'new' | 'established'
  minAgeYears?: number
  maxAgeYears?: number
}

/** A practitioner offers a visit type at the place of this role; gives the offering's id. */
export async function offerVisit(tx: Tx, organizationId: string, facts: OfferingFactsIn): Promise<string> {
  const role = await tx
    .selectFrom('directory.practitionerRole')
    .where('organizationId', '=', organizationId)
    .where('id', '=', facts.practitionerRoleId)
    .select(['practitionerId', 'locationId', 'minAgeYears', 'maxAgeYears'])
    .executeTakeFirstOrThrow()
  const values = { mode: 'in_person' as const, ...role, ...facts, organizationId }
  const { id } = await tx
    .insertInto('scheduling.offering')
    .values(values)
    .onConflict((same) => same.constraint('one_offering_a_kind').doUpdateSet({ ...values, active: true }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export interface WeeklyHours {
  /** 1 is Monday. */
  weekday: number
  fromMinute: number
  untilMinute: number
}

/** Replaces a practitioner's weekly hours at a place, from a day on. Reindex the practitioner afterwards. */
export async function setWeeklyHours(
  tx: Tx,
  organizationId: string,
  at: { practitionerId: string; locationId: string; validFrom: Temporal.PlainDate },
  hours: readonly WeeklyHours[],
) {
  await tx
    .deleteFrom('scheduling.weeklyRule')
    .where('organizationId', '=', organizationId)
    .where('practitionerId', '=', at.practitionerId)
    .where('locationId', '=', at.locationId)
    .execute()
  if (hours.length === 0) return
  await tx
    .insertInto('scheduling.weeklyRule')
    .values(hours.map((one) => ({ organizationId, ...at, ...one })))
    .execute()
}

/** A day on which everybody is away: a holiday of the whole organization, or of one place. */
export async function setHoliday(
  tx: Tx,
  organizationId: string,
  holiday: { day: Temporal.PlainDate; name: string; locationId?: string; madeBy: string },
) {
  await tx
    .insertInto('scheduling.calendarException')
    .values({
      organizationId,
      kind: 'holiday',
      onDate: holiday.day,
      reason: holiday.name,
      locationId: holiday.locationId ?? null,
      madeBy: holiday.madeBy,
    })
    .execute()
}
