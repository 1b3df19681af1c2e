/** One patient with their visits, for colleagues: open to those who care for the patient, or through broken glass. */
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { auditAll, type Purpose } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import type { Language } from '../../platform/endpoint.ts'
import { notFound } from '../../platform/errors.ts'
import type { Support } from '../../people/contract.ts'
import { glassUntil, keepSupport, recordIds, summariesOf, supportFor } from '../../people/index.ts'
import { purposeOf, visibleAppointments } from '../access.ts'
import { reasonsFor } from '../sealed.ts'
import { offeringInFullById, partsView } from '../view.ts'

const mostVisits = 50

/** The newest visits first. Refuses `not_found`, `break_glass_needed`. The patient and each visit are read in the trail. */
export async function openRecord(context: Context, actor: Actor, patientId: string, language: Language) {
  return within(context.db, actor, async (tx) => {
    await knowPatient(tx, actor, patientId)
    const purpose = await purposeOf(tx, actor, patientId)
    const patient = (await summariesOf(tx, actor, [patientId], purpose)).get(patientId)
    if (!patient) throw notFound('patient')
    return {
      patient,
      support: await supportFor(context, tx, actor, patientId),
      glassUntil: purpose === 'BREAK-GLASS' ? ((await glassUntil(tx, actor, patientId))?.toString() ?? null) : null,
      visits: await visitsOf(context, tx, actor, { patientId, language, purpose }),
    }
  })
}

/** What the patient told a colleague. Refuses as `openRecord` does. */
export async function saveSupport(context: Context, actor: Actor, patientId: string, said: Support) {
  return within(context.db, actor, async (tx) => {
    await knowPatient(tx, actor, patientId)
    await purposeOf(tx, actor, patientId)
    return keepSupport(context, tx, actor, { patientId, said })
  })
}

async function knowPatient(tx: Tx, { organizationId }: Actor, id: string) {
  const known = await tx
    .selectFrom('people.patient')
    .where('organizationId', '=', organizationId)
    .where('id', '=', id)
    .select('id')
    .executeTakeFirst()
  if (!known) throw notFound('patient')
}

interface Wanted {
  patientId: string
  language: Language
  purpose: Purpose | undefined
}

async function visitsOf(context: Context, tx: Tx, actor: Actor, { patientId, language, purpose }: Wanted) {
  const rows = await visibleAppointments(tx, actor)
    .where('a.patientId', 'in', await recordIds(tx, actor.organizationId, patientId))
    .selectAll('a')
    .orderBy('a.startsAt', 'desc')
    .limit(mostVisits)
    .execute()
  await auditAll(
    tx,
    actor,
    rows.map(({ id, patientId: ofRecord }) => ({
      action: 'read' as const,
      resourceType: 'Appointment',
      resourceId: id,
      patientId: ofRecord,
      ...(purpose && { purpose }),
    })),
  )
  const offerings = await offeringInFullById(
    tx,
    actor.organizationId,
    rows.map(({ offeringId }) => offeringId),
  )
  const reasons = await reasonsFor(context, tx, actor, rows)
  return rows.flatMap((row) => {
    const parts = offerings.get(row.offeringId)
    if (!parts) return []
    const { offering, clinician, place } = partsView(parts, language)
    const reason = reasons.get(row.id) ?? null
    return [{ id: row.id, status: row.status, startsAt: row.startsAt.toString(), offering, clinician, place, reason }]
  })
}

/** Whose visits a colleague sees as their own: a clinician's own, or those of whom a nurse works with. */
export async function setWorksWith(
  { db, now }: Context,
  actor: Actor,
  { personId, clinicianId, held }: { personId: string; clinicianId: string; held: boolean },
) {
  const { organizationId } = actor
  await within(db, actor, async (tx) => {
    const known = await sql`
      select from people.person p join directory.practitioner d on d.organization_id = p.organization_id
      where p.organization_id = ${organizationId} and p.id = ${personId} and d.id = ${clinicianId}`.execute(tx)
    if (known.rows.length === 0) throw notFound('colleague')
    if (held)
      await tx
        .insertInto('scheduling.worksWith')
        .values({ organizationId, personId, practitionerId: clinicianId, setAt: now(), setBy: actor.id })
        .onConflict((same) => same.doNothing())
        .execute()
    else
      await tx
        .deleteFrom('scheduling.worksWith')
        .where('organizationId', '=', organizationId)
        .where('personId', '=', personId)
        .where('practitionerId', '=', clinicianId)
        .execute()
    await auditAll(tx, actor, [{ action: 'update', resourceType: 'CareTeam', resourceId: personId, purpose: 'OPS' }])
  })
}
