/** Proves an organization's audit trail whole, or names the first thing that is not as it was sealed. */
import { sql } from 'kysely'
import type { Context } from './context.ts'
import { system } from './actor.ts'
import { within } from './db.ts'
import { isOurs, readHeads, type Head } from './heads.ts'
import { headOf, isSignedByUs } from './seal.ts'
import { hashesOf, lineOfEvent } from './trail-lines.ts'
import './tables.ts'

export interface Proof {
  seals: number
  events: number
  /** The first break found, in words for the auditor; undefined when the trail is whole. */
  broken?: string
  /** Where times do not follow one another: somebody changed a clock, or a clock was wrong. */
  clock?: string
  /** Heads kept off this machine that the trail was compared with. Without any, a cut tail cannot be seen. */
  heads: number
}

/** A seal, and its events as lines, in the order of its ids. */
interface Sealed {
  number: number
  sealedAt: Temporal.Instant
  firstPosition: number
  ids: string
  eventHashes: Buffer
  previousHead: Buffer
  head: Buffer
  signature: Buffer
  keyId: string
  lines: string
  earliest: Temporal.Instant | null
  latest: Temporal.Instant | null
}

interface Walk {
  readonly organizationId: string
  /** Heads from off this machine that are still ahead, nearest first. */
  readonly heads: Head[]
  seals: number
  events: number
  head: Buffer
  sealedAt: Temporal.Instant | undefined
  clock: string | undefined
}

/** Events asked for at once: enough to make the wait between batches small, and memory flat however long the trail is. */
const batchEvents = 10_000

/** Batches on their way while one is hashed, so that neither the database nor this process waits for the other. */
const ahead = 2

/** Walks the chain from its first seal to the one that is the last now. */
export async function verifyTrail(context: Context, organizationId: string): Promise<Proof> {
  const folder = context.config.headsFolder
  const { heads } = folder ? readHeads(folder, organizationId) : { heads: [] }
  const known = heads.filter((head) => isOurs(context, head)).sort((a, b) => a.number - b.number)
  const walk: Walk = {
    organizationId,
    heads: [...known],
    seals: 0,
    events: 0,
    head: Buffer.alloc(32),
    sealedAt: undefined,
    clock: undefined,
  }
  const forged =
    known.length < heads.length ? 'a head in the folder of heads is not signed with this server’s key' : undefined
  const broken = (await walkSeals(context, walk)) ?? cutTail(walk) ?? (await stranger(context, walk)) ?? forged
  const { seals, events, clock } = walk
  return { seals, events, heads: known.length, ...(broken && { broken }), ...(clock && { clock }) }
}

async function walkSeals(context: Context, walk: Walk): Promise<string | undefined> {
  const { last, size } = await extentOf(context, walk)
  const step = Math.max(1, Math.floor(batchEvents / size))
  let asked = 0
  const ask = () => readSeals(context, walk, { after: asked, upTo: (asked = Math.min(asked + step, last)) })
  const coming = Array.from({ length: Math.min(ahead, Math.ceil(last / step)) }, ask)
  try {
    for (let batch = coming.shift(); batch; batch = coming.shift()) {
      const seals = await batch
      if (asked < last) coming.push(ask())
      for (const seal of seals) {
        const broken = checkSeal(context, walk, seal)
        if (broken !== undefined) return broken
      }
    }
    return walk.seals < last ? `seal ${walk.seals + 1} is missing` : undefined
  } finally {
    await Promise.allSettled(coming)
  }
}

/** The last seal, and how many events a seal holds on average. */
async function extentOf({ db }: Context, { organizationId }: Walk): Promise<{ last: number; size: number }> {
  return within(db, system(organizationId, 'verify'), async (tx) => {
    const newest = await tx
      .selectFrom('platform.auditSeal')
      .where('organizationId', '=', organizationId)
      .select(['number', sql<number>`first_position + cardinality(event_ids) - 1`.as('events')])
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst()
    return newest ? { last: newest.number, size: Math.max(1, newest.events / newest.number) } : { last: 0, size: 1 }
  })
}

/** Seals in order, each with its events in one text: no row, column or value of them is taken apart. */
async function readSeals(
  { db }: Context,
  { organizationId }: Walk,
  { after, upTo }: { after: number; upTo: number },
): Promise<Sealed[]> {
  const { rows } = await within(db, system(organizationId, 'verify'), (tx) =>
    sql<Sealed>`
      select s.number, s.sealed_at, s.first_position, array_to_string(s.event_ids, ',') as ids, s.event_hashes, s.previous_head,
        s.head, s.signature, s.key_id, found.lines, found.earliest, found.latest
      from platform.audit_seal s cross join lateral (
        select string_agg(${lineOfEvent}, e'\n' order by place) as lines, min(e.at) as earliest, max(e.at) as latest
        from unnest(s.event_ids) with ordinality as sealed(id, place)
        left join platform.audit_event e on e.organization_id = ${organizationId} and e.id = sealed.id) found
      where s.organization_id = ${organizationId} and s.number > ${after} and s.number <= ${upTo} order by s.number`.execute(
      tx,
    ),
  )
  return rows
}

/** What is wrong with this seal; moves the walk past it when nothing is. */
function checkSeal(context: Context, walk: Walk, seal: Sealed): string | undefined {
  const name = `seal ${seal.number}`
  const position = walk.events + 1
  if (seal.number !== walk.seals + 1) return `seal ${walk.seals + 1} is missing`
  if (!seal.previousHead.equals(walk.head)) return `${name} does not follow the one before it`
  if (seal.firstPosition !== position) return `${name} does not begin at event ${position}`
  if (!seal.head.equals(headOf({ ...seal, organizationId: walk.organizationId }))) return `${name} was changed`
  if (!isSignedByUs(context.keys, seal.keyId, seal.head, seal.signature))
    return `${name} is not signed with this server's key`
  const copied = headsUpTo(walk, seal.number).find(({ head }) => head !== seal.head.toString('hex'))
  if (copied) return `${name} is not the one whose head was copied out at ${copied.copiedAt}`
  const hashes = hashesOf(seal.lines)
  if (!hashes.equals(seal.eventHashes)) return firstChanged(seal, hashes, position)
  if (seal.lines.startsWith('\n') || seal.lines === '' || seal.lines.includes('\n\n') || seal.lines.endsWith('\n'))
    return firstChanged(seal, hashes, position)
  walk.clock ??= clockOf(walk, seal)
  walk.seals = seal.number
  walk.events += hashes.length / 32
  walk.head = seal.head
  walk.sealedAt = seal.sealedAt
  return undefined
}

/** Takes the heads of this seal from those ahead. */
function headsUpTo({ heads }: Walk, number: number): Head[] {
  const found: Head[] = []
  while (heads[0] && heads[0].number <= number) found.push(...heads.splice(0, 1))
  return found
}

function firstChanged(seal: Sealed, hashes: Buffer, position: number): string {
  const ids = seal.ids.split(',')
  const lines = seal.lines.split('\n')
  const at = ids.findIndex((_, index) => {
    const [from, until] = [index * 32, index * 32 + 32]
    return !lines[index] || !hashes.subarray(from, until).equals(seal.eventHashes.subarray(from, until))
  })
  return `event ${position + at} (${ids[at]}) ${lines[at] ? 'was changed' : 'is missing'}`
}

/** Clocks of machines that are kept right differ by less than this, and no transaction lasts as long. */
const slack = { minutes: 2 }

/** Each seal is later than the one before; its events were written since then, and not after it. */
function clockOf({ sealedAt: before }: Walk, { number, sealedAt, earliest, latest }: Sealed): string | undefined {
  if (before && isWellBefore(sealedAt, before))
    return `the clock was turned back from ${before.toString()} to ${sealedAt.toString()} before seal ${number}`
  if (before && earliest && isWellBefore(earliest, before))
    return `an event of seal ${number} is dated ${earliest.toString()}, before the seal before it (${before.toString()})`
  if (latest && isWellBefore(sealedAt, latest))
    return `an event of seal ${number} is dated ${latest.toString()}, after its seal (${sealedAt.toString()})`
  return undefined
}

const isWellBefore = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a.add(slack), b) < 0

function cutTail({ heads: [head], seals }: Walk): string | undefined {
  if (!head) return undefined
  return `the end was cut off: seal ${head.number} was copied out at ${head.copiedAt}, and the trail ends with seal ${seals}`
}

/** An event that neither a seal nor the sealer knows was put in past the product. Counted first: to find it takes long. */
async function stranger({ db }: Context, { organizationId }: Walk): Promise<string | undefined> {
  return within(db, system(organizationId, 'verify'), async (tx) => {
    const { rows: counted } = await sql<{ strangers: number }>`
      select (select count(*) from platform.audit_event where organization_id = ${organizationId})
        - (select count(*) from platform.audit_unsealed where organization_id = ${organizationId})
        - coalesce((select first_position + cardinality(event_ids) - 1 from platform.audit_seal
            where organization_id = ${organizationId} order by number desc limit 1), 0) as strangers`.execute(tx)
    if (counted[0]?.strangers === 0) return undefined
    const { rows } = await sql<{ id: string }>`
      select id from platform.audit_event where organization_id = ${organizationId}
      except select unnest(event_ids) from platform.audit_seal where organization_id = ${organizationId}
      except select event_id from platform.audit_unsealed where organization_id = ${organizationId}
      order by id limit 1`.execute(tx)
    const [found] = rows
    return found ? `event ${found.id} was put in: no seal knows it` : undefined
  })
}
