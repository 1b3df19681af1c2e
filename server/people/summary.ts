/** Patients in short, as lists show them: each one shown is read in the trail. */
import { sql } from 'kysely'
import type { Actor } from '../platform/actor.ts'
import { auditAll, type Purpose } from '../platform/audit.ts'
import type { Tx } from '../platform/db.ts'
import { standingFor, visiblePatients } from './access.ts'
import type { PatientSummary } from './contract.ts'

/** The visible patients in short; a proved contact stands before one that somebody typed. */
export function summaries(tx: Tx, actor: Actor) {
  return visiblePatients(tx, actor).select([
    'p.id',
    'p.givenName',
    'p.familyName',
    'p.bornOn',
    'p.gender',
    'p.language',
    firstContact('phone').as('phone'),
    firstContact('email').as('email'),
  ])
}

const firstContact = (kind: 'phone' | 'email') => sql<string | null>`(
  select c.value from people.patient_contact c
  where c.organization_id = p.organization_id and c.patient_id = p.id and c.kind = ${kind}
  order by c.verified_at desc nulls last, c.value limit 1)`

type SummaryRow = Awaited<ReturnType<ReturnType<typeof summaries>['executeTakeFirstOrThrow']>>

export function summaryOf(row: SummaryRow): PatientSummary {
  const { id, givenName, familyName, bornOn, gender, language, phone, email } = row
  return {
    id,
    name: `${givenName} ${familyName}`.trim(),
    bornOn: bornOn?.toString() ?? null,
    gender,
    language,
    phone,
    email,
  }
}

/** By these ids, the patients whom the actor may see; of a record that is part of another, that one. Each is read in the trail. */
export async function summariesOf(
  tx: Tx,
  actor: Actor,
  ids: readonly string[],
  purpose?: Purpose,
): Promise<Map<string, PatientSummary>> {
  if (ids.length === 0) return new Map()
  const records = await standingFor(tx, actor.organizationId, ids)
  const rows = await summaries(tx, actor)
    .where('p.id', '=', sql<string>`any(${[...new Set(records.values())]}::uuid[])`)
    .execute()
  await auditShown(tx, actor, rows, purpose)
  const known = new Map(rows.map((row) => [row.id, summaryOf(row)]))
  return new Map(
    [...records].flatMap(([id, record]) => {
      const summary = known.get(record)
      return summary ? [[id, summary]] : []
    }),
  )
}

/** A row in the trail for each patient that a list shows. */
export async function auditShown(tx: Tx, actor: Actor, rows: readonly { id: string }[], purpose?: Purpose) {
  await auditAll(
    tx,
    actor,
    rows.map(({ id }) => ({
      action: 'read' as const,
      resourceType: 'Patient',
      resourceId: id,
      patientId: id,
      fields: ['summary'],
      ...(purpose && { purpose }),
    })),
  )
}
