/** Which records are one patient now. Nothing moves when records are merged: whoever reads asks here first. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import '../tables.ts'

/** All records of the patient whom this one is of, the one that stands for them first. */
export async function recordIds(tx: Tx, organizationId: string, patientId: string): Promise<string[]> {
  const { rows } = await sql<{ ids: string[] }>`
    select people.record_ids(${organizationId}::uuid, ${patientId}::uuid)::text[] as ids`.execute(tx)
  return rows[0]?.ids ?? [patientId]
}

/** Of many patients, by id: the record that stands for each; themselves where nothing was merged. One query. */
export async function standingFor(
  tx: Tx,
  organizationId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const merged = await tx
    .selectFrom('people.merge')
    .where('organizationId', '=', organizationId)
    .where('absorbedId', '=', sql<string>`any(${[...new Set(ids)]}::uuid[])`)
    .where('undoneAt', 'is', null)
    .select(['absorbedId', 'recordId'])
    .execute()
  const record = new Map(merged.map(({ absorbedId, recordId }) => [absorbedId, recordId]))
  return new Map(ids.map((id) => [id, record.get(id) ?? id]))
}
