/**
 * Words in a column of a patient's row: sealed as they are written, read beside rows of before, which a chore seals. A column
 * `x` of before has `x_sealed` beside it.
 */
import type { RawBuilder } from 'kysely'
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

/** A column of words that were written before there was a vault; its slice writes the statements. */
export interface OldWords {
  readonly table: string
  readonly column: string
  /** Some rows of an organization that have words: where the row stands, what its place is called by, whose it is. */
  waiting(organizationId: string): RawBuilder<{ place: string; id: string; patientId: string; words: string }>
  /** Empties the column and keeps the sealed words beside it. */
  keep(place: string, sealed: Buffer): RawBuilder<unknown>
}

/** Seals what an organization still has of this column in the clear. As the worker. */
export async function sealOldWords(context: Context, organizationId: string, old: OldWords) {
  for (let found = 1; found > 0;)
    found = await within(context.db, system(organizationId, 'seal-words'), async (tx) => {
      const { rows } = await old.waiting(organizationId).execute(tx)
      for (const { place, id, patientId, words } of rows) {
        const field = { organizationId, table: old.table, column: old.column, id, patientId }
        await old.keep(place, await sealField(context, tx, field, words)).execute(tx)
      }
      return rows.length
    })
}
