/** Which patients an actor may see: staff and programs those of their organization, a guest the one of their link. */
import type { Actor } from '../platform/actor.ts'
import { audit } from '../platform/audit.ts'
import type { Tx } from '../platform/db.ts'
import { notFound } from '../platform/errors.ts'
import { may } from '../platform/permissions.ts'
import './tables.ts'

export { recordIds, standingFor } from './merge/one-record.ts'

/** A query over the patients this actor may see, named `p`. Whoever runs it audits what it shows. */
export function visiblePatients(tx: Tx, actor: Actor) {
  const ofOrganization = tx.selectFrom('people.patient as p').where('p.organizationId', '=', actor.organizationId)
  if (may(actor, 'patient.find')) return ofOrganization
  return actor.patientIds.length === 0
    ? ofOrganization.where((of) => of.lit(false))
    : ofOrganization.where('p.id', 'in', [...actor.patientIds])
}

/** One patient, read in the trail. Refuses `not_found`, the same for hidden and missing. */
export async function accessPatient(tx: Tx, actor: Actor, id: string) {
  const patient = await visiblePatients(tx, actor).where('p.id', '=', id).selectAll('p').executeTakeFirst()
  if (!patient) throw notFound('patient')
  await audit(tx, actor, { action: 'read', resourceType: 'Patient', resourceId: id, patientId: id })
  return patient
}
