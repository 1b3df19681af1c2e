/** Broken resources are kept with file, entry, path and reason until they can be taken in: nothing is lost, nothing else waits. */
import { system, type Actor } from '../platform/actor.ts'
import { audit } from '../platform/audit.ts'
import type { Context } from '../platform/context.ts'
import { within, type Tx } from '../platform/db.ts'
import { sha256 } from '../platform/ids.ts'
import { checked } from './checked.ts'
import type { FailedEntry } from './input/index.ts'
import { feedPatients } from './feed-patients.ts'
import type { FhirResource } from './input/shape.ts'
import { takeIn, type Feed } from './take-in.ts'
import './tables.ts'

export interface Fault {
  file: string
  entry: number
  path?: string
  reason: string
  detail: string
}

/** The same fault of the same entry is kept once, however often its file comes. */
export async function setAside(
  { db }: Context,
  actor: Actor,
  { where, reason, detail, text }: FailedEntry,
): Promise<Fault> {
  const { file, entry, path } = where
  const fault = { file, entry, ...(path !== undefined && { path }), reason, detail }
  await within(db, actor, (tx) =>
    tx
      .insertInto('record.setAside')
      .values({
        organizationId: actor.organizationId,
        ...fault,
        content: text?.replaceAll('\u0000', '\uFFFD') ?? null,
        fingerprint: sha256(JSON.stringify([file, entry, path ?? '', reason, detail])),
      })
      .onConflict((same) => same.doNothing())
      .execute(),
  )
  return fault
}

/** Of class 22 (data) or 23 (constraint): this resource's fault. Anything else is ours or the machine's. */
export const isDataFault = (error: unknown): error is Error & { code: string } =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^2[23]/.test(error.code)

/** What still waits, oldest first. */
export function listSetAside({ db }: Context, organizationId: string) {
  return within(db, system(organizationId, 'import'), (tx) =>
    tx
      .selectFrom('record.setAside')
      .where('organizationId', '=', organizationId)
      .where('settledAt', 'is', null)
      .orderBy('setAsideAt')
      .orderBy('id')
      .select(['id', 'file', 'entry', 'path', 'reason', 'detail', 'setAsideAt'])
      .execute(),
  )
}

/**
 * Tries everything again that was set aside: taken in when it can be now, or settled when the same resource has come
 * since in a form that could. Gives how many were settled and how many still wait.
 */
export async function retrySetAside(context: Context, organizationId: string, feeds: readonly Feed[]) {
  const actor = system(organizationId, 'import')
  const waiting = await listSetAside(context, organizationId)
  let settled = 0
  for (const { id, setAsideAt } of waiting)
    if (await settle(context, actor, { id, setAsideAt, feeds: [feedPatients, ...feeds] })) settled++
  return { settled, waiting: waiting.length - settled }
}

interface Kept {
  id: string
  setAsideAt: Temporal.Instant
  feeds: readonly Feed[]
}

async function settle({ db, now }: Context, actor: Actor, { id, setAsideAt, feeds }: Kept): Promise<boolean> {
  const { organizationId } = actor
  return within(db, actor, async (tx) => {
    const { content } = await tx
      .selectFrom('record.setAside')
      .where('organizationId', '=', organizationId)
      .where('id', '=', id)
      .select('content')
      .executeTakeFirstOrThrow()
    const resource = content === null ? undefined : parsed(content)
    if (!resource || content === null) return false
    const bytes = Buffer.byteLength(content)
    const found = checked({
      ok: true,
      resource,
      text: content,
      bytes,
      where: { file: 'set aside', entry: 0, byteOffset: 0 },
    })
    if (found.ok) await takeIn(tx, organizationId, [found.incoming], feeds)
    else if (!(await hasComeSince(tx, organizationId, resource, setAsideAt))) return false
    await tx
      .updateTable('record.setAside')
      .set({ settledAt: now() })
      .where('organizationId', '=', organizationId)
      .where('id', '=', id)
      .execute()
    await audit(tx, actor, { action: 'create', resourceType: 'Bundle', fields: ['set-aside'], purpose: 'OPS' })
    return true
  }).catch((error: unknown) => {
    if (isDataFault(error)) return false
    throw error
  })
}

async function hasComeSince(
  tx: Tx,
  organizationId: string,
  { resourceType, id }: FhirResource,
  since: Temporal.Instant,
) {
  if (typeof id !== 'string') return false
  const row = await tx
    .selectFrom('record.resource')
    .where('organizationId', '=', organizationId)
    .where('type', '=', resourceType)
    .where('fhirId', '=', id)
    .where('receivedAt', '>=', since)
    .select('fhirId')
    .executeTakeFirst()
  return row !== undefined
}

/** Undefined for a text that was cut off or is no resource. */
function parsed(text: string): FhirResource | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const isResource = typeof value === 'object' && value !== null && 'resourceType' in value
    return isResource && typeof value.resourceType === 'string' ? (value as FhirResource) : undefined
  } catch {
    return undefined
  }
}
