/** What patient and clinic say in a request is health information in their own words: sealed, each with the patient's key. */
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { openFields, sealField, type Field } from '../../platform/vault/index.ts'
import type { AmendmentRow } from './amendment.ts'

const columns = ['about', 'wanted', 'answerReason', 'disagreement'] as const
type Column = (typeof columns)[number]
type Request = Pick<AmendmentRow, 'organizationId' | 'id' | 'patientId'>

/** A request whose words can be read. */
export type OpenAmendment = Omit<AmendmentRow, Column> & { about: string; wanted: string } & Record<
    'answerReason' | 'disagreement',
    string | null
  >

/** Stands for words whose keys were shredded. */
const gone = '—'

const fieldOf = ({ organizationId, id, patientId }: Request, column: Column): Field => ({
  organizationId,
  table: 'privacy.amendment',
  column,
  id,
  patientId,
})

export const sealWords = (context: Context, tx: Tx, request: Request, words: { column: Column; text: string }) =>
  sealField(context, tx, fieldOf(request, words.column), words.text)

/** The same requests with their words, in the same order. */
export async function openAmendments(
  context: Context,
  tx: Tx,
  rows: readonly AmendmentRow[],
): Promise<OpenAmendment[]> {
  const sealed = rows.flatMap((row) =>
    columns.flatMap((column) => {
      const value = row[column]
      return value === null ? [] : [{ row, column, field: fieldOf(row, column), value }]
    }),
  )
  const texts = await openFields(context, tx, sealed)
  const said = new Map(sealed.map(({ row, column }, at) => [`${row.id} ${column}`, texts[at] ?? gone]))
  return rows.map((row) => ({
    ...row,
    about: said.get(`${row.id} about`) ?? gone,
    wanted: said.get(`${row.id} wanted`) ?? gone,
    answerReason: said.get(`${row.id} answerReason`) ?? null,
    disagreement: said.get(`${row.id} disagreement`) ?? null,
  }))
}
