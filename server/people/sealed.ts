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

const old: readonly OldWords[] = [
  { table: 'people.break_glass', column: 'words', id: sql`id::text`, patientId: sql`patient_id` },
  { table: 'people.break_glass', column: 'note', id: sql`id::text`, patientId: sql`patient_id` },
  { table: 'people.proxy_grant', column: 'evidence', id: sql`id::text`, patientId: sql`patient_id` },
  { table: 'people.proxy_grant', column: 'blocked_why', id: sql`person_id::text`, patientId: sql`patient_id` },
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
