/**
 * Seals the audit trail: each second, in the background, the new events of an organization are hashed over canonical
 * bytes, chained to the seal before and signed with a key the database does not hold. Any later change shows.
 */
import {
  createPrivateKey,
  createPublicKey,
  sign as signBytes,
  verify as verifyBytes,
  type KeyObject,
} from 'node:crypto'
import { sql } from 'kysely'
import { system } from './actor.ts'
import type { Context } from './context.ts'
import { within, type Tx } from './db.ts'
import type { Chore } from './events.ts'
import { sha256, type Keys } from './ids.ts'
import { hashesOf, lineOfEvent } from './trail-lines.ts'
import './tables.ts'

/** Events of one seal at the most; the rest follow in the next. */
const mostInASeal = 5000

export const sealChore: Chore = {
  task: 'platform.seal',
  everySeconds: 1,
  run: sealAll,
}

/** Seals what every organization has waiting. */
export async function sealAll(context: Context) {
  const { rows } = await sql<{ organizationId: string }>`
    select distinct organization_id from platform.audit_unsealed`.execute(context.db.worker)
  for (const { organizationId } of rows) while ((await sealNext(context, organizationId)) === mostInASeal);
}

/** Seals what one organization has waiting; gives how many events it sealed. */
export async function sealNext(context: Context, organizationId: string): Promise<number> {
  return within(context.db, system(organizationId, 'seal'), async (tx) => {
    // One sealer an organization at a time, whichever process it runs in.
    await sql`select pg_advisory_xact_lock(hashtextextended('platform.seal ' || ${organizationId}, 0))`.execute(tx)
    const [taken, last] = await Promise.all([takeUnsealed(tx, organizationId), lastSeal(tx, organizationId)])
    if (!taken) return 0
    const { ids, lines, events } = taken
    const seal = {
      organizationId,
      number: (last?.number ?? 0) + 1,
      sealedAt: context.now().round('millisecond'),
      firstPosition: last ? last.firstPosition + last.count : 1,
      eventHashes: hashesOf(lines),
      previousHead: last?.head ?? Buffer.alloc(32),
    }
    const head = headOf({ ...seal, ids })
    const { key, keyId } = signingKey(context.keys)
    const signature = signBytes(null, head, key)
    const eventIds = sql<string[]>`string_to_array(${ids}, ',')::uuid[]`
    await tx
      .insertInto('platform.auditSeal')
      .values({ ...seal, eventIds, head, signature, keyId })
      .execute()
    return events
  })
}

const lastSeal = (tx: Tx, organizationId: string) =>
  tx
    .selectFrom('platform.auditSeal')
    .select(['number', 'head', 'firstPosition', sql<number>`cardinality(event_ids)`.as('count')])
    .where('organizationId', '=', organizationId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()

interface Taken {
  /** With commas between. */
  ids: string
  /** In the same order. */
  lines: string
  events: number
}

/** An event that is gone before it was sealed keeps its place, as an empty line: the auditor is told that it is missing. */
async function takeUnsealed(tx: Tx, organizationId: string): Promise<Taken | undefined> {
  const { rows } = await sql<Taken>`
    with taken as (
      delete from platform.audit_unsealed where organization_id = ${organizationId} and event_id in (
        select event_id from platform.audit_unsealed where organization_id = ${organizationId} order by event_id limit ${mostInASeal})
      returning event_id)
    select count(*)::int as events, string_agg(t.event_id::text, ',' order by t.event_id) as ids,
      string_agg(${lineOfEvent}, e'\n' order by t.event_id) as lines
    from taken t left join platform.audit_event e on e.organization_id = ${organizationId} and e.id = t.event_id`.execute(
    tx,
  )
  const [taken] = rows
  return taken && taken.events > 0 ? taken : undefined
}

interface SealBody {
  organizationId: string
  number: number
  sealedAt: Temporal.Instant
  firstPosition: number
  /** Of the events, with commas between. */
  ids: string
  eventHashes: Buffer
  previousHead: Buffer
}

/** The head of a seal: a hash of all it says, the head before included. */
export function headOf(seal: SealBody): Buffer {
  const { organizationId, number, sealedAt, firstPosition, ids, eventHashes, previousHead } = seal
  const at = sealedAt.toString({ smallestUnit: 'microsecond' })
  const words = [organizationId, number, at, firstPosition, ids].join('\n')
  return sha256(Buffer.concat([Buffer.from(words), eventHashes, previousHead]))
}

interface Signer {
  key: KeyObject
  publicKey: KeyObject
  keyId: string
}

const signers = new WeakMap<Keys, readonly [Signer, ...Signer[]]>()

/** Ed25519 from 32 derived bytes (RFC 8410 wraps a raw seed in this prefix). */
function signerOf(seed: Buffer): Signer {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed])
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(key)
  const keyId = sha256(publicKey.export({ format: 'der', type: 'spki' }))
    .toString('hex')
    .slice(0, 16)
  return { key, publicKey, keyId }
}

function signersOf(keys: Keys): readonly [Signer, ...Signer[]] {
  let known = signers.get(keys)
  if (!known) {
    const [newest, ...before] = keys.all('audit signature')
    signers.set(keys, (known = [signerOf(newest), ...before.map(signerOf)]))
  }
  return known
}

/** The key that signs from now on. */
export const signingKey = (keys: Keys): Signer => signersOf(keys)[0]

/** Whether the signature over this head was made by the key of this name, ours now or before. */
export const isSignedByUs = (keys: Keys, keyId: string, head: Buffer, signature: Buffer) =>
  signersOf(keys).some((one) => one.keyId === keyId && verifyBytes(null, head, one.publicKey, signature))
