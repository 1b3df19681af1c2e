/** The openings of one offering by day, and what can be booked with a clinician. Read from the index, never computed. */
import { sql } from 'kysely'
import { system, type Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import type { Language } from '../../platform/endpoint.ts'
import { notFound } from '../../platform/errors.ts'
import { startsForNeeds, startsIn } from '../resources/pools.ts'
import { daysFrom, readResources } from '../resources/read-resources.ts'
import { needsFor } from '../resources/take-resources.ts'
import { toInstant, toMinute, toText } from './minutes.ts'
import { offeringsInFull, offeringView, partsView, readOfferingInFull } from '../view.ts'
import '../tables.ts'

interface Asked {
  from?: string
  days?: number
  /** Only times when an interpreter of this language is free. */
  interpreter?: string
}

interface Found {
  zone: string
  minutes: number
  minNoticeMinutes: number
  locationId: string
  bufferBefore: number
  bufferAfter: number
  stepMinutes: number
  nextDay: Temporal.PlainDate | null
  /** By local day and part of the day, in order: RFC 3339 date, and minutes since 1970. */
  parts: [string, number[]][] | null
}

/** The openings a patient may still book, by local day of the place: `days` days from `from` (today, 7 days). */
export async function findOpenings(
  { db, now }: Context,
  actor: Actor,
  offeringId: string,
  { from, days = 7, interpreter }: Asked,
) {
  // A minute to choose: what would be too soon by then is not shown.
  const minute = toMinute(now()) + 1
  // When an interpreter is free is nothing for the public to read: the product looks, and shows openings alone.
  const reader = interpreter === undefined ? actor : system(actor.organizationId, 'openings')
  return within(db, reader, async (tx) => {
    const first = sql`coalesce(${from ?? null}::date, (${now()}::timestamptz at time zone l.zone)::date)`
    // The parts as one JSON value: hundreds of rows and arrays take longer to read than to find.
    const { rows } = await sql<Found>`
      select l.zone, o.minutes, o.min_notice_minutes, o.location_id, o.buffer_before, o.buffer_after, o.step_minutes,
        (select p.day from scheduling.opening p where p.organization_id = o.organization_id and p.offering_id = o.id
          and p.first_start > ${minute}::int + o.min_notice_minutes and p.day >= ${first} + ${days}::int
          order by p.first_start limit 1) as next_day,
        (select json_agg(json_build_array(p.day, p.starts) order by p.day, p.part) from scheduling.opening p
          where p.organization_id = o.organization_id and p.practitioner_id = o.practitioner_id and p.offering_id = o.id
            and p.day >= ${first} and p.day < ${first} + ${days}::int) as parts
      from scheduling.offering o join directory.location l on l.organization_id = o.organization_id and l.id = o.location_id
      where o.organization_id = ${actor.organizationId} and o.id = ${offeringId} and o.active`.execute(tx)
    const found = rows[0]
    if (!found) throw notFound('visit')
    const parts = found.parts ?? []
    return {
      zone: found.zone,
      minutes: found.minutes,
      days: byDay(
        interpreter === undefined ? parts : await interpreted(tx, actor.organizationId, { found, parts, interpreter }),
        minute + found.minNoticeMinutes,
      ),
      nextDay: found.nextDay?.toString() ?? null,
    }
  })
}

/** Those of the starts at which an interpreter is free for the whole visit. */
async function interpreted(
  tx: Tx,
  organizationId: string,
  { found, parts, interpreter }: { found: Found; parts: NonNullable<Found['parts']>; interpreter: string },
) {
  const [first, last] = [parts[0]?.[0], parts.at(-1)?.[0]]
  if (first === undefined || last === undefined) return []
  const { locationId, minutes, bufferBefore, bufferAfter, stepMinutes } = found
  const firstDay = Temporal.PlainDate.from(first)
  const span = { firstDay, days: firstDay.until(last).days + 1 }
  const resources = await readResources(tx, organizationId, { kinds: ['interpreter'], locationIds: [locationId] }, span)
  const free = startsForNeeds(resources, {
    needs: needsFor({ needs: null }, { language: interpreter }),
    locationId,
    offering: { minutes, bufferBefore, bufferAfter, step: stepMinutes },
    daysOf: daysFrom(span),
  })
  return parts.map(([day, starts]): [string, number[]] => [day, startsIn(starts, free)])
}

function byDay(parts: readonly [string, number[]][], earliest: number) {
  const days: { day: string; openings: string[] }[] = []
  for (const [day, starts] of parts) {
    const openings = starts.filter((start) => start > earliest).map(toText)
    if (openings.length === 0) continue
    const last = days.at(-1)
    if (last?.day === day) last.openings.push(...openings)
    else days.push({ day, openings })
  }
  return days
}

/** What can be booked with a clinician, each with its next opening. */
export async function findOfferings({ db, now }: Context, actor: Actor, practitionerId: string, language: Language) {
  return within(db, actor, async (tx) => {
    const [rows, listings] = await Promise.all([
      offeringsInFull(tx, actor.organizationId)
        .where('o.practitionerId', '=', practitionerId)
        .where('o.active', '=', true)
        .orderBy('v.position')
        .orderBy('o.id')
        .execute(),
      tx
        .selectFrom('scheduling.listing')
        .where('organizationId', '=', actor.organizationId)
        .where('practitionerId', '=', practitionerId)
        .select(['offeringId', 'nextStarts', 'minNoticeMinutes'])
        .execute(),
    ])
    const minute = toMinute(now())
    const next = new Map(
      listings.map((one) => [one.offeringId, one.nextStarts.find((start) => start > minute + one.minNoticeMinutes)]),
    )
    return rows.map((row) => {
      const start = next.get(row.id)
      return {
        offering: offeringView(row, language),
        placeId: row.locationId,
        nextOpening: start ? toInstant(start).toString() : null,
      }
    })
  })
}

/** One offering as a page shows it before anything is held. */
export async function readOffering({ db }: Context, actor: Actor, id: string, language: Language) {
  return within(db, actor, async (tx) => partsView(await readOfferingInFull(tx, actor.organizationId, id), language))
}
