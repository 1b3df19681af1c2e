/** What patients say of a visit in their own words, sealed with their keys: why they come, why they cancel. */
import { sql } from 'kysely'
import type { Actor } from '../platform/actor.ts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import type { Chore } from '../platform/events.ts'
import { may } from '../platform/permissions.ts'
import type { Field } from '../platform/vault/index.ts'
import { readWords, sealOldWords, type OldWords } from '../platform/vault/words.ts'
import { listOrganizations } from '../people/index.ts'

interface Visit {
  organizationId: string
  id: string
  patientId: string
}

export const reasonField = ({ organizationId, id, patientId }: Visit): Field => ({
  organizationId,
  table: 'scheduling.appointment',
  column: 'reason',
  id,
  patientId,
})

/** Of the change that made this version of the visit. */
export const noteField = ({ organizationId, id, patientId }: Visit, version: number): Field => ({
  organizationId,
  table: 'scheduling.appointment_change',
  column: 'reason_note',
  id: `${id} ${version}`,
  patientId,
})

/** Why a visit was overbooked. */
export const whyField = ({ organizationId, id, patientId }: Visit): Field => ({
  organizationId,
  table: 'scheduling.overbooking',
  column: 'why',
  id,
  patientId,
})

type WithReason = Visit & { reason: string | null; reasonSealed: Buffer | null }

/** The same, and none when the actor may not know. */
export const reasonsFor = async (context: Context, tx: Tx, actor: Actor, visits: readonly WithReason[]) =>
  may(actor, 'visit.reason') ? reasonsOf(context, tx, visits) : new Map<string, string>()

/** Why they come, by the visit's id, of visits of one organization that have a reason. */
export async function reasonsOf(context: Context, tx: Tx, visits: readonly WithReason[]): Promise<Map<string, string>> {
  const given = visits.filter(({ reason, reasonSealed }) => reason !== null || reasonSealed !== null)
  const words = given.map((visit) => ({
    field: reasonField(visit),
    plain: visit.reason,
    sealed: visit.reasonSealed,
  }))
  const texts = await readWords(context, tx, words)
  return new Map(given.flatMap(({ id }, at) => (texts[at] ? [[id, texts[at]]] : [])))
}

const old: readonly OldWords[] = [
  {
    table: 'scheduling.appointment',
    column: 'reason',
    waiting: (organizationId) =>
      sql`select ctid::text as place, id::text as id, patient_id as patient_id, reason as words from scheduling.appointment
        where organization_id = ${organizationId} and reason is not null limit 200 for update skip locked`,
    keep: (place, sealed) =>
      sql`update scheduling.appointment set reason = null, reason_sealed = ${sealed} where ctid = ${place}::tid`,
  },
  {
    table: 'scheduling.appointment_change',
    column: 'reason_note',
    waiting: (organizationId) =>
      sql`select ctid::text as place, appointment_id::text || ' ' || version::text as id, (select a.patient_id from scheduling.appointment a where a.organization_id = appointment_change.organization_id
          and a.id = appointment_id) as patient_id, reason_note as words from scheduling.appointment_change
        where organization_id = ${organizationId} and reason_note is not null limit 200 for update skip locked`,
    keep: (place, sealed) =>
      sql`update scheduling.appointment_change set reason_note = null, reason_note_sealed = ${sealed} where ctid = ${place}::tid`,
  },
]

/** What was written before there was a vault, and what an import brings. */
export const sealWordsChore: Chore = {
  task: 'scheduling.seal-words',
  everySeconds: 60,
  async run(context) {
    for (const { id } of await listOrganizations(context.db.worker))
      for (const words of old) await sealOldWords(context, id, words)
  },
}
