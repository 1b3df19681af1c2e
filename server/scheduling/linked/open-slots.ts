/** The openings of some offerings, as a plan sees them: read from the index, with the time of the clock at each place. */
import { sql } from 'kysely'
import { isPatientSide, type Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db.ts'
import { notFound } from '../../platform/errors.ts'
import { localDays } from '../openings/local-days.ts'
import { dayOf, toInstant, toMinute } from '../openings/minutes.ts'
import type { Slot } from './slots.ts'
import '../tables.ts'

interface Offered {
  id: string
  practitionerId: string
  zone: string
  minutes: number
  minNoticeMinutes: number
  /** RFC 3339 date, and minutes since 1970. */
  parts: [string, number[]][] | null
}

export interface Window {
  from: Temporal.PlainDate
  days: number
  now: Temporal.Instant
}

const epoch = Temporal.PlainDate.from('1970-01-01')
/** Local days since 1970. */
export const dayNumber = (date: Temporal.PlainDate) => epoch.until(date).days
export const dateOfNumber = (day: number) => epoch.add({ days: day })

/** By offering, in order of time; each offering that was asked for is there. Refuses `not_found` for what is not offered. */
export async function openSlots(
  tx: Tx,
  actor: Actor,
  offeringIds: readonly string[],
  { from, days, now }: Window,
): Promise<Map<string, Slot[]>> {
  const ids = [...new Set(offeringIds)]
  const { rows } = await sql<Offered>`
    select o.id, o.practitioner_id, l.zone, o.minutes, o.min_notice_minutes,
      (select json_agg(json_build_array(p.day, p.starts) order by p.day, p.part) from scheduling.opening p
        where p.organization_id = o.organization_id and p.practitioner_id = o.practitioner_id and p.offering_id = o.id
          and p.day >= ${from}::date and p.day < ${from}::date + ${days}::int) as parts
    from scheduling.offering o
    join directory.location l on l.organization_id = o.organization_id and l.id = o.location_id
    where o.organization_id = ${actor.organizationId} and o.id = any (${`{${ids.join(',')}}`}::uuid[]) and o.active`.execute(
    tx,
  )
  if (rows.length < ids.length) throw notFound('visit')
  const zones = new Map(rows.map(({ zone }) => [zone, localDays(zone, from.toString(), days)]))
  return new Map(
    rows.map((row) => {
      const earliest = toMinute(now) + (isPatientSide(actor) ? row.minNoticeMinutes : 0)
      const passes = new Map(zones.get(row.zone)?.around.map((day) => [day.date, day.passes]))
      const slots = (row.parts ?? []).flatMap(([date, starts]) => {
        const day = dayNumber(Temporal.PlainDate.from(date))
        return starts.flatMap((start): Slot[] => {
          const pass = passes.get(date)?.find(({ end }) => start < end)
          if (!pass || start <= earliest) return []
          const { id: offeringId, practitionerId } = row
          return [{ offeringId, practitionerId, start, end: start + row.minutes, day, wall: start - pass.midnight }]
        })
      })
      return [row.id, slots]
    }),
  )
}

interface Placed {
  id: string
  practitionerId: string
  minutes: number
  zone: string
}

/** One start of an offering, open or not. */
export function slotAt({ id, practitionerId, minutes, zone }: Placed, start: number): Slot {
  const local = toInstant(start).toZonedDateTimeISO(zone)
  return {
    offeringId: id,
    practitionerId,
    start,
    end: start + minutes,
    day: dayNumber(dayOf(start, zone)),
    wall: local.hour * 60 + local.minute,
  }
}

/** In order of time; of one moment in the order of `offeringIds`. */
export function inTime(open: ReadonlyMap<string, readonly Slot[]>, offeringIds: readonly string[]): Slot[] {
  return offeringIds.flatMap((id) => open.get(id) ?? []).sort((one, other) => one.start - other.start)
}
