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
import './tables.ts'

/** Events of one seal at the most; the rest follow in the next. */
const mostInASeal = 5000

export const sealChore: Chore = {
  task: 'platform.seal',
  everySeconds: 1,
  async run(context) {
    const { rows } = await sql<{ organizationId: string }>`
      select distinct organization_id as "organizationId" from platform.audit_unsealed`.execute(context.db.worker)
    for (const { organizationId } of rows) while ((await sealNext(context, organizationId)) === mostInASeal);
  },
}

/** Seals what one organization has waiting; gives how many events it sealed. */
export async function sealNext(context: Context, organizationId: string): Promise<number> {
  return within(context.db, system(organizationId, 'seal'), async (tx) => {
    // One sealer an organization at a time, whichever process it runs in.
    await sql`select pg_advisory_xact_lock(hashtextextended('platform.seal ' || ${organizationId}, 0))`.execute(tx)
    const events = await takeUnsealed(tx, organizationId)
    if (events.length === 0) return 0
    const last = await tx
      .selectFrom('platform.auditSeal')
      .select(['number', 'head', 'firstPosition', sql<number>`cardinality(event_ids)`.as('count')])
      .where('organizationId', '=', organizationId)
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst()
    const seal = {
      organizationId,
      number: (last?.number ?? 0) + 1,
      sealedAt: context.now().round('millisecond'),
      firstPosition: last ? last.firstPosition + last.count : 1,
      eventIds: events.map((event) => event.id),
      eventHashes: Buffer.concat(events.map(hashOf)),
      previousHead: last?.head ?? Buffer.alloc(32),
    }
    const head = headOf(seal)
    const { key, keyId } = signingKey(context.keys)
    const signature = signBytes(null, head, key)
    await tx
      .insertInto('platform.auditSeal')
      .values({ ...seal, head, signature, keyId })
      .execute()
    return events.length
  })
}

async function takeUnsealed(tx: Tx, organizationId: string): Promise<AuditRow[]> {
  const taken = await sql<{ eventId: string }>`
    delete from platform.audit_unsealed where organization_id = ${organizationId} and event_id in (
      select event_id from platform.audit_unsealed where organization_id = ${organizationId} order by event_id limit ${mostInASeal})
    returning event_id`.execute(tx)
  if (taken.rows.length === 0) return []
  return readEvents(
    tx,
    organizationId,
    taken.rows.map((row) => row.eventId),
  )
}

export interface AuditRow {
  id: string
  organizationId: string
  at: string
  [field: string]: unknown
}

/** Events by id, in id order, with their time as text of fixed form (microseconds, UTC): never a session's time zone. */
export async function readEvents(tx: Tx, organizationId: string, ids: readonly string[]): Promise<AuditRow[]> {
  const { rows } = await sql<AuditRow>`
    select organization_id, id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, actor_kind, actor_id,
      action, resource_type, resource_id, patient_id, fields, outcome, purpose, request_id
    from platform.audit_event where organization_id = ${organizationId} and id = any(${ids}::uuid[]) order by id`.execute(
    tx,
  )
  return rows
}

/** SHA-256 over the event as canonical JSON (RFC 8785: keys in order, no white space). */
export const hashOf = (event: AuditRow) => sha256(canonical(event))

function canonical(event: AuditRow): string {
  const sorted = Object.keys(event).sort()
  return JSON.stringify(Object.fromEntries(sorted.map((key) => [key, event[key]])))
}

interface SealBody {
  organizationId: string
  number: number
  sealedAt: Temporal.Instant
  firstPosition: number
  eventIds: readonly string[]
  eventHashes: Buffer
  previousHead: Buffer
}

/** The head of a seal: a hash of all it says, the head before included. */
export function headOf(seal: SealBody): Buffer {
  const { organizationId, number, sealedAt, firstPosition, eventIds, eventHashes, previousHead } = seal
  const at = sealedAt.toString({ smallestUnit: 'microsecond' })
  const words = [organizationId, number, at, firstPosition, eventIds.join(',')].join('\n')
  return sha256(Buffer.concat([Buffer.from(words), eventHashes, previousHead]))
}

/** Ed25519 from 32 derived bytes (RFC 8410 wraps a raw seed in this prefix). */
export function signingKey(keys: Keys): { key: KeyObject; publicKey: KeyObject; keyId: string } {
  const seed = keys.of('audit signature')
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed])
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(key)
  const keyId = sha256(publicKey.export({ format: 'der', type: 'spki' }))
    .toString('hex')
    .slice(0, 16)
  return { key, publicKey, keyId }
}

/** Whether the signature over this head was made by our key. */
export const isSignedByUs = (keys: Keys, head: Buffer, signature: Buffer) =>
  verifyBytes(null, head, signingKey(keys).publicKey, signature)
