/** Words about a patient that colleagues write where access is given or taken, sealed with the patient's keys. */
import { sql } from 'kysely'
import type { Chore } from '../platform/events.ts'
import type { Field } from '../platform/vault/index.ts'
import { sealOldWords, type OldWords } from '../platform/vault/words.ts'
import { listOrganizations } from './organization.ts'

interface Row {
  organizationId: string
  patientId: string
  id: string
}

export const glassField = ({ organizationId, patientId, id }: Row, column: 'words' | 'note'): Field => ({
  organizationId,
  table: 'people.break_glass',
  column,
  id,
  patientId,
})

/** `evidence` is of a grant; `blocked_why` of a person kept from this patient, in all they were given: then `id` is theirs. */
export const grantField = ({ organizationId, patientId, id }: Row, column: 'evidence' | 'blocked_why'): Field => ({
  organizationId,
  table: 'people.proxy_grant',
  column,
  id,
  patientId,
})

/** Sealed with the keys of the surviving record. */
export const mergeField = (
  { organizationId, patientId, id }: Row,
  column: 'reason' | 'wrote' | 'undo_reason',
): Field => ({
  organizationId,
  table: 'people.merge',
  column,
  id,
  patientId,
})

const old: readonly OldWords[] = [
  {
    table: 'people.break_glass',
    column: 'words',
    waiting: (organizationId) =>
      sql`select ctid::text as place, id::text as id, patient_id as patient_id, words as words from people.break_glass
        where organization_id = ${organizationId} and words is not null limit 200 for update skip locked`,
    keep: (place, sealed) =>
      sql`update people.break_glass set words = null, words_sealed = ${sealed} where ctid = ${place}::tid`,
  },
  {
    table: 'people.break_glass',
    column: 'note',
    waiting: (organizationId) =>
      sql`select ctid::text as place, id::text as id, patient_id as patient_id, note as words from people.break_glass
        where organization_id = ${organizationId} and note is not null limit 200 for update skip locked`,
    keep: (place, sealed) =>
      sql`update people.break_glass set note = null, note_sealed = ${sealed} where ctid = ${place}::tid`,
  },
  {
    table: 'people.proxy_grant',
    column: 'evidence',
    waiting: (organizationId) =>
      sql`select ctid::text as place, id::text as id, patient_id as patient_id, evidence as words from people.proxy_grant
        where organization_id = ${organizationId} and evidence is not null limit 200 for update skip locked`,
    keep: (place, sealed) =>
      sql`update people.proxy_grant set evidence = null, evidence_sealed = ${sealed} where ctid = ${place}::tid`,
  },
  {
    table: 'people.proxy_grant',
    column: 'blocked_why',
    waiting: (organizationId) =>
      sql`select ctid::text as place, person_id::text as id, patient_id as patient_id, blocked_why as words from people.proxy_grant
        where organization_id = ${organizationId} and blocked_why is not null limit 200 for update skip locked`,
    keep: (place, sealed) =>
      sql`update people.proxy_grant set blocked_why = null, blocked_why_sealed = ${sealed} where ctid = ${place}::tid`,
  },
]

/** What was written before there was a vault. */
export const sealWordsChore: Chore = {
  task: 'people.seal-words',
  everySeconds: 60,
  async run(context) {
    for (const { id } of await listOrganizations(context.db.worker))
      for (const words of old) await sealOldWords(context, id, words)
  },
}
