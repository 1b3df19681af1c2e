/** The keys of organizations and patients: made when first needed, kept wrapped in the database, newest for what is new. */
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import type { Tx } from '../db.ts'
import '../tables.ts'
import type { KeyProvider } from './key-provider.ts'
import { newKey, openWith, sealWith } from './sealing.ts'

/** What was sealed for a patient whose keys were shredded is gone for good. */
export class Shredded extends Error {
  override name = 'Shredded'
  constructor() {
    super('what was sealed for this patient was shredded')
  }
}

export interface VersionedKey {
  readonly version: number
  readonly key: Buffer
}

type Use = 'wrap' | 'index'
interface KeyRow {
  version: number
  wrapped: Buffer
  wrappedBy: string
}

/** Unwrapped keys of organizations, for as long as the process lives: few, and asked for with every field. */
const opened = new WeakMap<KeyProvider, Map<string, Promise<Buffer>>>()

const wordsOfKey = (organizationId: string, use: Use, version: number) => `${organizationId}|data_key|${use}|${version}`

function open({ keyProvider }: Context, organizationId: string, use: Use, row: KeyRow): Promise<Buffer> {
  let known = opened.get(keyProvider)
  if (!known) opened.set(keyProvider, (known = new Map()))
  // By the wrapped bytes: a key whose making was rolled back is not taken for the one made in its place.
  const name = `${organizationId} ${use} ${row.version} ${row.wrapped.toString('base64')}`
  let key = known.get(name)
  if (!key) {
    const { wrapped: bytes, wrappedBy: by, version } = row
    key = keyProvider.unwrap({ bytes, by }, wordsOfKey(organizationId, use, version))
    known.set(name, key)
    // A provider that was out of reach is asked again.
    key.catch(() => known.delete(name))
  }
  return key
}

const keyRows = (tx: Tx, organizationId: string, use: Use) =>
  tx.selectFrom('platform.dataKey').where('organizationId', '=', organizationId).where('use', '=', use)

/** The organization's key of this use, of this version or the newest; a first one is made where there is none. */
export async function organizationKey(
  context: Context,
  tx: Tx,
  { organizationId, use, version }: { organizationId: string; use: Use; version?: number },
): Promise<VersionedKey> {
  const find = () =>
    keyRows(tx, organizationId, use)
      .$if(version !== undefined, (rows) => rows.where('version', '=', version ?? 0))
      .selectAll()
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst()
  let row = await find()
  if (!row && version === undefined) {
    await addOrganizationKey(context, tx, { organizationId, use, version: 1 })
    row = await find()
  }
  if (!row) throw new Error(`the organization has no ${use} key of version ${version}`)
  return { version: row.version, key: await open(context, organizationId, use, row) }
}

/** A new version; where another process made the same one at the same time, that one stands. */
export async function addOrganizationKey(
  { keyProvider, now }: Context,
  tx: Tx,
  { organizationId, use, version }: { organizationId: string; use: Use; version: number },
) {
  const { bytes, by } = await keyProvider.wrap(newKey(), wordsOfKey(organizationId, use, version))
  await tx
    .insertInto('platform.dataKey')
    .values({ organizationId, use, version, wrapped: bytes, wrappedBy: by, madeAt: now() })
    .onConflict((same) => same.columns(['organizationId', 'use', 'version']).doNothing())
    .execute()
}

/** Wraps an organization's key anew with the provider's newest; the key itself, and all under it, stays. */
export async function rewrapOrganizationKey(
  context: Context,
  tx: Tx,
  row: KeyRow & { organizationId: string; use: Use },
) {
  const { organizationId, use, version } = row
  const key = await open(context, organizationId, use, row)
  const { bytes, by } = await context.keyProvider.wrap(key, wordsOfKey(organizationId, use, version))
  await tx
    .updateTable('platform.dataKey')
    .set({ wrapped: bytes, wrappedBy: by })
    .where('organizationId', '=', organizationId)
    .where('use', '=', use)
    .where('version', '=', version)
    .execute()
}

export const wordsOfPatientKey = (organizationId: string, patientId: string, version: number) =>
  `${organizationId}|patient_key|${patientId}|${version}`

/** All keys of these patients, unwrapped, by `patient version`. Shredded ones are there as undefined. */
export async function patientKeys(context: Context, tx: Tx, organizationId: string, patientIds: readonly string[]) {
  const rows = await tx
    .selectFrom('platform.patientKey')
    .where('organizationId', '=', organizationId)
    .where('patientId', 'in', [...new Set(patientIds)])
    .selectAll()
    .execute()
  const wrapping = new Map<number, Buffer>()
  for (const version of new Set(rows.map(({ wrappedWith }) => wrappedWith)))
    wrapping.set(version, (await organizationKey(context, tx, { organizationId, use: 'wrap', version })).key)
  const found = new Map<string, Buffer | undefined>()
  for (const { patientId, version, wrapped, wrappedWith } of rows) {
    const key = wrapping.get(wrappedWith)
    if (!key) continue
    const words = wordsOfPatientKey(organizationId, patientId, version)
    found.set(`${patientId} ${version}`, wrapped ? openWith(key, words, wrapped) : undefined)
  }
  return found
}

/**
 * The patient's key for what is new: one a rotation of the organization's. One wait for a key that is there, two for a first
 * one. Throws Shredded.
 */
export async function patientKeyForNew(
  context: Context,
  tx: Tx,
  organizationId: string,
  patientId: string,
): Promise<VersionedKey> {
  const { own, wrapping } = await newestKeys(context, tx, organizationId, patientId)
  if (own) return own
  const { version, key: wrappedBy } = wrapping ?? (await organizationKey(context, tx, { organizationId, use: 'wrap' }))
  const key = newKey()
  const wrapped = sealWith(wrappedBy, version, wordsOfPatientKey(organizationId, patientId, version), key)
  const made = await tx
    .insertInto('platform.patientKey')
    .values({ organizationId, patientId, version, wrapped, wrappedWith: version, madeAt: context.now() })
    .onConflict((same) => same.columns(['organizationId', 'patientId', 'version']).doNothing())
    .returning('version')
    .executeTakeFirst()
  if (made) return { version, key }
  const again = await newestKeys(context, tx, organizationId, patientId)
  if (!again.own) throw new Error('the patient has no key')
  return again.own
}

interface Newest {
  /** The patient's, when there is one of the organization's newest version. */
  own?: VersionedKey
  wrapping?: VersionedKey
}

/** Both in one statement, for a booking waits on it. Throws Shredded. */
async function newestKeys(context: Context, tx: Tx, organizationId: string, patientId: string): Promise<Newest> {
  const { rows } = await sql<KeyRow & { own: Buffer | null; isShredded: boolean }>`
    select o.version, o.wrapped, o.wrapped_by, p.wrapped as own, p.shredded_at is not null as is_shredded
    from (select version, wrapped, wrapped_by from platform.data_key
      where organization_id = ${organizationId} and use = 'wrap' order by version desc limit 1) o
    left join platform.patient_key p on p.organization_id = ${organizationId} and p.patient_id = ${patientId}
      and (p.version = o.version or p.shredded_at is not null)
    order by is_shredded desc limit 1`.execute(tx)
  const [row] = rows
  if (!row) return {}
  if (row.isShredded) throw new Shredded()
  const { version } = row
  const wrapping = { version, key: await open(context, organizationId, 'wrap', row) }
  if (!row.own) return { wrapping }
  return {
    wrapping,
    own: { version, key: openWith(wrapping.key, wordsOfPatientKey(organizationId, patientId, version), row.own) },
  }
}
