/**
 * The vault: seals single fields of a patient (AES-256-GCM), each for its place, with a key of that patient. Patients' keys
 * are wrapped by the organization's, those by a key that lives outside the database: envelope encryption.
 */
import type { Context } from '../context.ts'
import type { Tx } from '../db.ts'
import { organizationKey, patientKeyForNew, patientKeys } from './keys-of.ts'
import { blindIndex, openWith, sealWith, versionOf, WillNotOpen, wordsOf, type Place } from './sealing.ts'

export type { KeyProvider } from './key-provider.ts'

/** A field of one patient. */
export interface Field extends Place {
  readonly patientId: string
}

/** Throws Shredded when the patient's keys were. */
export async function sealField(context: Context, tx: Tx, field: Field, text: string): Promise<Buffer> {
  const { version, key } = await patientKeyForNew(context, tx, field.organizationId, field.patientId)
  return sealWith(key, version, wordsOf(field), Buffer.from(text))
}

/** Of one organization, in the order asked; undefined for one whose keys were shredded. Throws WillNotOpen for any other place. */
export async function openFields(
  context: Context,
  tx: Tx,
  sealed: readonly { readonly field: Field; readonly value: Buffer }[],
): Promise<(string | undefined)[]> {
  const [first] = sealed
  if (!first) return []
  const patientIds = sealed.map(({ field }) => field.patientId)
  const keys = await patientKeys(context, tx, first.field.organizationId, patientIds)
  return sealed.map(({ field, value }) => {
    const name = `${field.patientId} ${versionOf(value)}`
    const key = keys.get(name)
    if (!key && keys.has(name)) return undefined
    if (!key) throw new WillNotOpen()
    return openWith(key, wordsOf(field), value).toString()
  })
}

/** A secret of the organization itself, rather than of a patient. */
export async function sealOwn(context: Context, tx: Tx, place: Place, text: string): Promise<Buffer> {
  const { organizationId } = place
  const { version, key } = await organizationKey(context, tx, { organizationId, use: 'wrap' })
  return sealWith(key, version, wordsOf(place), Buffer.from(text))
}

/** Throws WillNotOpen for any other place. */
export async function openOwn(context: Context, tx: Tx, place: Place, sealed: Buffer): Promise<string> {
  const { organizationId } = place
  const { key } = await organizationKey(context, tx, { organizationId, use: 'wrap', version: versionOf(sealed) })
  return openWith(key, wordsOf(place), sealed).toString()
}

/** What to look an equal value up by, beside its sealed self. Fold the value (case, spaces) before. */
export async function blindIndexOf(
  context: Context,
  tx: Tx,
  column: Omit<Place, 'id'>,
  value: string,
): Promise<Buffer> {
  const { organizationId } = column
  const { key } = await organizationKey(context, tx, { organizationId, use: 'index' })
  return blindIndex(key, column, value)
}

/**
 * Makes all that was sealed for a patient unreadable, for good, wherever it was copied: the keys go, the rows stay. As the
 * worker. Backups older than this still hold the keys until they are let go.
 */
export async function shredPatient({ now }: Pick<Context, 'now'>, tx: Tx, organizationId: string, patientId: string) {
  await tx
    .updateTable('platform.patientKey')
    .set({ wrapped: null, shreddedAt: now() })
    .where('organizationId', '=', organizationId)
    .where('patientId', '=', patientId)
    .where('shreddedAt', 'is', null)
    .execute()
}
