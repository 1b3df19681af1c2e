/** Writes the published files anew where what they are made from has changed: one file a day of openings, one at a time. */
import { sql } from 'kysely'
import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import { system } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { sha256 } from '../../platform/ids.ts'
import { offered, service, type Offered } from '../resources/offered.ts'
import { minuteOf } from '../resources/slots.ts'
import { hasAddress, locationOf, scheduleOf, slotOf, type PlaceRow } from './lines.ts'
import '../tables.ts'

/** How far ahead openings are published. */
const daysAhead = 60

/**
 * Publishes one organization's openings. What is said free was free at `transactionTime` or later, and may be booked by
 * everybody then. One day's file is in memory at a time, packed.
 */
export async function publishOpenings(context: Context, organizationId: string) {
  const { db, now } = context
  const transactionTime = now().round('millisecond')
  const run: Run = {
    context,
    organizationId,
    site: context.config.publicUrl,
    actor: system(organizationId, 'scheduling-links'),
    now: transactionTime,
  }
  const offer = await publishOffer(run)
  const days = await within(db, run.actor, (tx) => daysWith(tx, run))
  for (const { day, digest } of days) await publishDay(run, offer, day, digest)
  const kept = ['locations', 'schedules', ...days.map(({ day }) => nameOf(day))]
  await within(db, run.actor, async (tx) => {
    await tx
      .deleteFrom('fhir.publishedFile')
      .where('organizationId', '=', organizationId)
      .where('name', '<>', sql<string>`all(${kept}::text[])`)
      .execute()
    await tx
      .insertInto('fhir.publication')
      .values({ organizationId, transactionTime })
      .onConflict((taken) => taken.column('organizationId').doUpdateSet({ transactionTime }))
      .execute()
  })
}

interface Run {
  context: Context
  organizationId: string
  /** The clinic's own address, without a slash at the end. */
  site: string
  actor: ReturnType<typeof system>
  now: Temporal.Instant
}

interface Offer {
  byId: Map<string, Offered>
  digest: string
  /** Days so near that the time alone may close some of their openings. */
  nearUntil: string
}

const nameOf = (day: Temporal.PlainDate) => `slots-${day.toString()}`

/** The files of places and schedules: those that somebody can book at. */
async function publishOffer(run: Run): Promise<Offer> {
  const { organizationId, site, context } = run
  const base = `${site}/fhir/R4`
  return within(context.db, run.actor, async (tx) => {
    const rows = (
      await offered({ tx, actor: run.actor })
        .where('o.active', '=', true)
        .where('v.active', '=', true)
        .where('p.active', '=', true)
        .where('r.active', '=', true)
        .where('l.active', '=', true)
        .orderBy('o.id')
        .execute()
    ).filter((row) => hasAddress(placeOf(row)))
    const places = new Map(rows.map((row) => [row.locationId, placeOf(row)]))
    const states = statesOf(rows)
    const locations = await pack([...places.values()].map((place) => locationOf(place, site)))
    const schedules = await pack(rows.map((row) => scheduleOf(row.id, row.locationId, service(row, base).serviceType)))
    await keep(tx, { organizationId, name: 'locations', resourceType: 'Location', states, ...locations })
    await keep(tx, { organizationId, name: 'schedules', resourceType: 'Schedule', states, ...schedules })
    const notice = Math.max(0, ...rows.map(({ minNoticeMinutes }) => minNoticeMinutes))
    const lengths = rows.map(({ id, minutes, phone, zone, minNoticeMinutes }) => [
      id,
      minutes,
      phone,
      zone,
      minNoticeMinutes,
    ])
    return {
      byId: new Map(rows.map((row) => [row.id, row])),
      digest: sha256(JSON.stringify([site, lengths])).toString('base64url'),
      nearUntil: run.now
        .add({ minutes: notice + 2 * 1440 })
        .toZonedDateTimeISO('UTC')
        .toPlainDate()
        .toString(),
    }
  })
}

const placeOf = (row: Offered): PlaceRow => ({ ...row, id: row.locationId, name: row.placeName })
const statesOf = (rows: readonly Offered[]) => [...new Set(rows.flatMap(({ state }) => state ?? []))].sort()

/** The days that have openings, each with a digest of all of them. */
async function daysWith(tx: Tx, { organizationId, now }: Run) {
  const today = now.toZonedDateTimeISO('UTC').toPlainDate()
  const { rows } = await sql<{ day: Temporal.PlainDate; digest: string }>`
    select day, sum(hashtextextended(offering_id::text || starts::text, 0)::numeric)::text || '/' || count(*) as digest
    from scheduling.opening where organization_id = ${organizationId}
      and day between ${today}::date - 1 and ${today}::date + ${daysAhead}::int
    group by day order by day`.execute(tx)
  return rows
}

async function publishDay(run: Run, offer: Offer, day: Temporal.PlainDate, opened: string) {
  const { organizationId, context } = run
  const name = nameOf(day)
  const near = day.toString() <= offer.nearUntil ? run.now.toString() : ''
  const sourceDigest = [opened, offer.digest, near].join(' ')
  await within(context.db, run.actor, async (tx) => {
    const before = await tx
      .selectFrom('fhir.publishedFile')
      .where('organizationId', '=', organizationId)
      .where('name', '=', name)
      .select('sourceDigest')
      .executeTakeFirst()
    if (before?.sourceDigest === sourceDigest) return
    const parts = await tx
      .selectFrom('scheduling.opening')
      .where('organizationId', '=', organizationId)
      .where('day', '=', day)
      .orderBy('part')
      .orderBy('firstStart')
      .orderBy('offeringId')
      .select(['offeringId', 'starts'])
      .execute()
    const states = statesOf(
      [...new Set(parts.map((part) => part.offeringId))].flatMap((id) => offer.byId.get(id) ?? []),
    )
    const packed = await pack(freeIn(run, offer, parts))
    await keep(tx, { organizationId, name, resourceType: 'Slot', states, ...packed, sourceDigest })
  })
}

function* freeIn(run: Run, { byId }: Offer, parts: readonly { offeringId: string; starts: number[] }[]) {
  const soonest = minuteOf(run.now)
  for (const { offeringId, starts } of parts) {
    const row = byId.get(offeringId)
    if (!row) continue
    for (const minute of starts)
      if (minute > soonest + row.minNoticeMinutes) yield slotOf({ ...row, offeringId, minute }, run.site)
  }
}

interface Packed {
  content: Buffer
  etag: string
  sourceDigest: string
}

/** One line a resource, packed as it is made. */
async function pack(resources: Iterable<object>): Promise<Packed> {
  const packing = Readable.from(chunksOf(resources)).pipe(createGzip())
  const chunks: Buffer[] = []
  for await (const chunk of packing) chunks.push(chunk as Buffer)
  const content = Buffer.concat(chunks)
  // What packs the same is the same: gzip as node writes it holds no time.
  const etag = sha256(content).toString('base64url').slice(0, 22)
  return { content, etag, sourceDigest: etag }
}

function* chunksOf(resources: Iterable<object>) {
  let text = ''
  for (const resource of resources) {
    text += `${JSON.stringify(resource)}\n`
    if (text.length < 65_536) continue
    yield text
    text = ''
  }
  yield text
}

interface File extends Packed {
  organizationId: string
  name: string
  resourceType: 'Location' | 'Schedule' | 'Slot'
  states: string[]
}

async function keep(tx: Tx, file: File) {
  const { organizationId, name, ...rest } = file
  await tx
    .insertInto('fhir.publishedFile')
    .values({ organizationId, name, ...rest })
    .onConflict((taken) => taken.columns(['organizationId', 'name']).doUpdateSet(rest))
    .execute()
}
