/** Which appointments and holds an actor may see or change. Every read of one writes its audit row. */
import { sql } from 'kysely'
import { isStaff, type Actor } from '../platform/actor.ts'
import { audit, type Deed, type Purpose } from '../platform/audit.ts'
import type { Tx } from '../platform/db.ts'
import { notFound } from '../platform/errors.ts'
import { askedAt, gateOf, readAccessRules } from '../people/index.ts'
import './tables.ts'

export { referralToken, referralUrl } from './referrals/link.ts'
export { reasonsOf } from './sealed.ts'

const appointments = (tx: Tx, { organizationId }: Actor) =>
  tx.selectFrom('scheduling.appointment as a').where('a.organizationId', '=', organizationId)

/** Those of the patients whose records are open; from a parent, those kept hidden that are between a teenager and the clinic. */
function ownAppointments(all: ReturnType<typeof appointments>, { patientIds, proxy }: Actor) {
  if (patientIds.length === 0) return all.where((of) => of.lit(false))
  const own = all.where('a.patientId', 'in', [...patientIds])
  if (!proxy?.withoutConfidential) return own
  return own.where(({ not, exists, selectFrom }) =>
    not(
      exists(
        selectFrom('scheduling.visitType as v')
          .whereRef('v.organizationId', '=', 'a.organizationId')
          .whereRef('v.id', '=', 'a.visitTypeId')
          .where('v.confidential', '=', true)
          .select('v.id'),
      ),
    ),
  )
}

/** The appointments this actor may see. Every read of the slice starts here. */
export function visibleAppointments(tx: Tx, actor: Actor) {
  const inOrganization = appointments(tx, actor)
  if (isStaff(actor) || actor.role === 'system') return inOrganization
  if (actor.role === 'patient') return ownAppointments(inOrganization, actor)
  // A visit link opens one visit and what was booked together with it for the same patient; without one there is nothing to see.
  const own = actor.proxy ? ownAppointments(inOrganization, actor) : inOrganization
  const visitId = actor.visitId ?? '00000000-0000-0000-0000-000000000000'
  return own.where((of) => of.or([of('a.id', '=', visitId), of('a.id', 'in', linkedWith(tx, actor, visitId))]))
}

const linkedWith = (tx: Tx, { organizationId }: Actor, visitId: string) =>
  tx
    .selectFrom('scheduling.groupVisit as own')
    .innerJoin('scheduling.groupVisit as other', (on) =>
      on
        .onRef('other.organizationId', '=', 'own.organizationId')
        .onRef('other.groupId', '=', 'own.groupId')
        .onRef('other.patientId', '=', 'own.patientId'),
    )
    .where('own.organizationId', '=', organizationId)
    .where('own.appointmentId', '=', visitId)
    .select('other.appointmentId')

/**
 * Why this actor opens this patient's record, for the trail. Refuses `break_glass_needed` to a colleague who does not care
 * for the patient: by a visit within the organization's days, or by name.
 */
export function purposeOf(tx: Tx, actor: Actor, patientId: string): Promise<Purpose | undefined> {
  return gateOf(tx, actor, patientId, async () => {
    const { teamDays } = await readAccessRules(tx, actor.organizationId)
    const { rows } = await sql`
      select from scheduling.appointment a
      join scheduling.works_with w on w.organization_id = a.organization_id and w.practitioner_id = a.practitioner_id
      where a.organization_id = ${actor.organizationId} and a.patient_id = any(people.record_ids(${actor.organizationId}::uuid, ${patientId}::uuid)) and a.status = 'booked'
        and w.person_id = ${actor.personId ?? null}
        and a.starts_at > ${askedAt(actor)} - make_interval(days => ${teamDays})
        and a.starts_at < ${askedAt(actor)} + make_interval(days => ${teamDays}) limit 1`.execute(tx)
    return rows.length > 0
  })
}

/** One appointment, or the same refusal whether it is hidden or does not exist. Refuses `break_glass_needed`. */
export async function accessAppointment(tx: Tx, actor: Actor, id: string, action: Deed['action'] = 'read') {
  const row = await visibleAppointments(tx, actor).where('a.id', '=', id).selectAll('a').executeTakeFirst()
  if (!row) throw notFound('appointment')
  const purpose = await purposeOf(tx, actor, row.patientId)
  const { patientId } = row
  await audit(tx, actor, {
    action,
    resourceType: 'Appointment',
    resourceId: id,
    patientId,
    ...(purpose && { purpose }),
  })
  return row
}
export type AppointmentRow = Awaited<ReturnType<typeof accessAppointment>>

/** A hold is opened by its id, which only its maker was told. */
export async function accessHold(tx: Tx, actor: Actor, id: string) {
  const row = await tx
    .selectFrom('scheduling.hold')
    .where('organizationId', '=', actor.organizationId)
    .where('id', '=', id)
    .selectAll()
    .executeTakeFirst()
  if (!row) throw notFound('hold')
  return row
}
