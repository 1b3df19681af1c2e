/**
 * Words in a column of a patient's row: sealed as they are written, read beside rows of before, which a chore seals. A column
 * `x` of before has `x_sealed` beside it.
 */
import { sql, type RawBuilder } from 'kysely'
import type { Context } from '../context.ts'
import { within, type Tx } from '../db.ts'
import { system } from '../actor.ts'
import { openFields, sealField, type Field } from './index.ts'

export interface Words {
  readonly field: Field
  /** As they were written before; null once sealed. */
  readonly plain: string | null
  readonly sealed: Buffer | null
}

/** Stands for words whose keys were shredded. */
export const goneWords = '—'

/** Null for no words; throws Shredded when the patient's keys were. */
export const sealWords = async (context: Context, tx: Tx, field: Field, text: string | null | undefined) =>
  text === null || text === undefined ? null : sealField(context, tx, field, text)

/** Of rows of one organization, in their order; null where there are none. Asks for keys only when something is sealed. */
export async function readWords(context: Context, tx: Tx, all: readonly Words[]): Promise<(string | null)[]> {
  const sealed = all.flatMap(({ field, sealed: value }) => (value === null ? [] : [{ field, value }]))
  const texts = (await openFields(context, tx, sealed)).values()
  return all.map((one) => (one.sealed === null ? one.plain : (texts.next().value ?? goneWords)))
}

/** A column of words that were written before there was a vault. */
export interface OldWords {
  readonly table: string
  readonly column: string
  /** SQL: what a row's place is called by, and whose it is. */
  readonly id: RawBuilder<string>
  readonly patientId: RawBuilder<string>
}

/** Rows sealed in one transaction. */
const batch = 200

/** Seals what an organization still has of this column in the clear; what was shredded meanwhile is emptied. As the worker. */
export async function sealOldWords(context: Context, organizationId: string, old: OldWords): Promise<number> {
  let done = 0
  for (let found = batch; found === batch; done += found)
    found = await within(context.db, system(organizationId, 'seal-words'), (tx) =>
      sealBatch(context, tx, organizationId, old),
    )
  return done
}

async function sealBatch(context: Context, tx: Tx, organizationId: string, old: OldWords): Promise<number> {
  const [table, column] = [sql.table(old.table), sql.ref(old.column)]
  const { rows } = await sql<{ place: string; id: string; patientId: string; words: string }>`
    select ctid::text as place, ${old.id} as id, ${old.patientId} as patient_id, ${column} as words from ${table}
    where organization_id = ${organizationId} and ${column} is not null limit ${batch} for update skip locked`.execute(
    tx,
  )
  for (const { place, id, patientId, words } of rows) {
    const field = { organizationId, table: old.table, column: old.column, id, patientId }
    const sealed = await sealField(context, tx, field, words)
    await sql`update ${table} set ${column} = null, ${sql.ref(`${old.column}_sealed`)} = ${sealed} where ctid = ${place}::tid`.execute(
      tx,
    )
  }
  return rows.length
}
