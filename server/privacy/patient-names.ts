/** The patients that a list of the privacy officer is about, by name and birth date; each one shown is in the trail. */
import type { Actor } from '../platform/actor.ts'
import { auditAll } from '../platform/audit.ts'
import type { Tx } from '../platform/db.ts'
import '../people/tables.ts'

export interface NamedPatient {
  id: string
  name: string
  /** YYYY-MM-DD */
  bornOn: string | null
}

/**
 * The patients of these ids, by id. `tx` may read every patient of the organization; `actor` is who reads the list. They are
 * found in a list, not looked at: a watch that marked its own lists as looks would only find itself.
 */
export async function patientNames(tx: Tx, actor: Actor, ids: readonly (string | null)[]) {
  const asked = [...new Set(ids.filter((id) => id !== null))]
  const named = new Map<string, NamedPatient>()
  if (asked.length === 0) return named
  const rows = await tx
    .selectFrom('people.patient')
    .where('organizationId', '=', actor.organizationId)
    .where('id', 'in', asked)
    .select(['id', 'givenName', 'familyName', 'bornOn'])
    .execute()
  await auditAll(
    tx,
    actor,
    rows.map(({ id }) => ({
      action: 'search' as const,
      resourceType: 'Patient',
      resourceId: id,
      patientId: id,
      fields: ['name', 'bornOn'],
      purpose: 'OPS' as const,
    })),
  )
  for (const row of rows) named.set(row.id, namedPatient(row))
  return named
}

interface PatientRow {
  id: string
  givenName: string
  familyName: string
  bornOn: Temporal.PlainDate | null
}

/** The row as it is shown. */
export const namedPatient = ({ id, givenName, familyName, bornOn }: PatientRow): NamedPatient => ({
  id,
  name: `${givenName} ${familyName}`.trim(),
  bornOn: bornOn?.toString() ?? null,
})
