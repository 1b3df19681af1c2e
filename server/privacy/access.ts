/** Whose privacy is asked about: a patient's own, or that of the one they act for. */
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db.ts'
import { invalid, notFound } from '../platform/errors.ts'
import '../people/tables.ts'

/** The one record that a signed-in patient or proxy has open. Refuses `no_record` before an account is joined to one. */
export function ownPatient({ actingFor, patientIds }: Actor): string {
  const id = actingFor ?? patientIds[0]
  if (id === undefined) throw invalid('no_record', 'Your account is not joined to a record yet.', { instead: 'join' })
  return id
}

/** That there is such a patient, and no more: who works on privacy need not see the record. Refuses `not_found`. */
export async function knowPatient(tx: Tx, { organizationId }: Actor, id: string) {
  const found = await tx
    .selectFrom('people.patient')
    .where('organizationId', '=', organizationId)
    .where('id', '=', id)
    .select('id')
    .executeTakeFirst()
  if (!found) throw notFound('patient')
}

/** That there is such a person, and no more. Refuses `not_found`. */
export async function knowPerson(tx: Tx, { organizationId }: Actor, id: string) {
  const found = await tx
    .selectFrom('people.person')
    .where('organizationId', '=', organizationId)
    .where('id', '=', id)
    .select('id')
    .executeTakeFirst()
  if (!found) throw notFound('colleague')
}
