/** Where several visits fit together, read from the index of openings: right after each other, or at one time. */
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { notFound } from '../../platform/errors.ts'
import { toMinute, toText } from '../openings/minutes.ts'
import { adjacentBlocks, parallelBlocks, type Length } from './blocks.ts'
import '../tables.ts'

export interface BlockWish {
  offeringId: string
  count: number
  /** adjacent: one clinician, one after the other. parallel: several clinicians of one place, at one time. */
  side: 'adjacent' | 'parallel'
  from?: string | undefined
  days?: number | undefined
}

export interface Block {
  visits: { offeringId: string; startsAt: string }[]
}

interface Offered extends Length {
  id: string
  practitionerId: string
  zone: string
  minNoticeMinutes: number
  /** Of each day and part of the day, in order: minutes since 1970. */
  parts: number[][] | null
}

/** More than anybody reads; the next days are asked for by date. */
const mostBlocks = 200

/** The blocks a patient may still book, soonest first, from a local day of the place on (today, 14 days). */
export async function findBlocks(context: Context, actor: Actor, wish: BlockWish) {
  return within(context.db, actor, (tx) => blocksFor(tx, actor, wish, context.now()))
}

/** The same in the caller's transaction, which changed no openings. Refuses `not_found` for what is not offered. */
export async function blocksFor(tx: Tx, { organizationId }: Actor, wish: BlockWish, now: Temporal.Instant) {
  const { offeringId, count, side, from = null, days = 14 } = wish
  const first = sql`coalesce(${from}::date, (${now}::timestamptz at time zone l.zone)::date)`
  const whose = side === 'adjacent' ? sql`o.id = w.id` : sql`o.visit_type_id = w.visit_type_id and o.mode = w.mode`
  const { rows } = await sql<Offered>`
    select o.id, o.practitioner_id, l.zone, o.minutes, o.buffer_before, o.buffer_after, o.step_minutes, o.min_notice_minutes,
      (select json_agg(p.starts order by p.day, p.part) from scheduling.opening p
        where p.organization_id = o.organization_id and p.practitioner_id = o.practitioner_id and p.offering_id = o.id
          and p.day >= ${first} and p.day < ${first} + ${days}::int) as parts
    from scheduling.offering w
    join scheduling.offering o on o.organization_id = w.organization_id and o.location_id = w.location_id and ${whose} and o.active
    join directory.location l on l.organization_id = o.organization_id and l.id = o.location_id
    where w.organization_id = ${organizationId} and w.id = ${offeringId} and w.active
    order by o.id = w.id desc, o.id limit 100`.execute(tx)
  const own = rows[0]
  if (!own) throw notFound('visit')
  return { zone: own.zone, minutes: own.minutes, blocks: blocksIn(rows, own, { count, side, minute: toMinute(now) }) }
}

function blocksIn(
  rows: readonly Offered[],
  own: Offered,
  { count, side, minute }: { count: number; side: BlockWish['side']; minute: number },
): Block[] {
  const open = new Map(
    onePerClinician(rows).map(({ id, parts, minNoticeMinutes }): [string, number[]] => [
      id,
      (parts ?? []).flat().filter((start) => start > minute + minNoticeMinutes),
    ]),
  )
  if (side === 'parallel')
    return parallelBlocks(open, count)
      .slice(0, mostBlocks)
      .map(({ start, offeringIds }) => ({
        visits: offeringIds.map((offeringId) => ({ offeringId, startsAt: toText(start) })),
      }))
  return adjacentBlocks(open.get(own.id) ?? [], own, count)
    .slice(0, mostBlocks)
    .map((block) => ({ visits: block.map((start) => ({ offeringId: own.id, startsAt: toText(start) })) }))
}

/** Nobody sees two patients at one time, however many ways they offer the same visit. */
const onePerClinician = (rows: readonly Offered[]) =>
  [...new Map(rows.toReversed().map((row) => [row.practitionerId, row])).values()].toReversed()
