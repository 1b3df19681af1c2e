/** The openings of one offering by day, and what can be booked with a clinician. Read from the index, never computed. */
import { sql } from 'kysely'
import type { Actor } from '../platform/actor.ts'
import type { Context } from '../platform/context.ts'
import { within } from '../platform/db.ts'
import type { Language } from '../platform/endpoint.ts'
import { notFound } from '../platform/errors.ts'
import { dayOf, toInstant, toMinute } from './minutes.ts'
import { offeringsInFull, offeringView, partsView, readOfferingInFull } from './view.ts'
import './tables.ts'

interface Asked {
  from?: string
  days?: number
}

interface OpeningRow {
  zone: string
  minutes: number
  minNoticeMinutes: number
  starts: number[] | null
}

/** The openings a patient may still book, by local day of the place: `days` days from `from` (today, 7 days). */
export async function findOpenings({ db, now }: Context, actor: Actor, offeringId: string, { from, days = 7 }: Asked) {
  return within(db, actor, async (tx) => {
    // The local days of any zone lie within a day of the same days in UTC.
    const { rows } = await sql<OpeningRow>`
      select l.zone, o.minutes, o.min_notice_minutes,
        (select array_agg(s order by s) from scheduling.opening p, unnest(p.starts) s
         where p.organization_id = o.organization_id and p.practitioner_id = o.practitioner_id and p.offering_id = o.id
           and p.day >= coalesce(${from ?? null}::date, (${now()}::timestamptz at time zone l.zone)::date)
           and p.day < coalesce(${from ?? null}::date, (${now()}::timestamptz at time zone l.zone)::date) + ${days}::int) as starts
      from scheduling.offering o
      join directory.location l on l.organization_id = o.organization_id and l.id = o.location_id
      where o.organization_id = ${actor.organizationId} and o.id = ${offeringId} and o.active`.execute(tx)
    const found = rows[0]
    if (!found) throw notFound('visit')
    const earliest = toMinute(now()) + found.minNoticeMinutes
    const starts = (found.starts ?? []).filter((start) => start > earliest)
    const last = from
      ? Temporal.PlainDate.from(from).add({ days: days - 1 })
      : dayOf(toMinute(now()), found.zone).add({ days: days - 1 })
    const next = await tx
      .selectFrom('scheduling.opening')
      .where('organizationId', '=', actor.organizationId)
      .where('offeringId', '=', offeringId)
      .where('day', '>', last)
      .where('firstStart', '>', earliest)
      .orderBy('firstStart')
      .select('day')
      .limit(1)
      .executeTakeFirst()
    return {
      zone: found.zone,
      minutes: found.minutes,
      days: byDay(starts, found.zone),
      nextDay: next?.day.toString() ?? null,
    }
  })
}

function byDay(starts: readonly number[], zone: string) {
  const days = new Map<string, string[]>()
  for (const start of starts) {
    const day = dayOf(start, zone).toString()
    const known = days.get(day)
    if (known) known.push(toInstant(start).toString())
    else days.set(day, [toInstant(start).toString()])
  }
  return [...days].map(([day, openings]) => ({ day, openings }))
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
