/** All that is kept about one patient, as FHIR: what Attend runs, and every resource of the record to the letter. */
import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { openAmendments } from '../../privacy/index.ts'
import { visibleAppointments } from '../../scheduling/index.ts'
import { recordIds } from '../../people/index.ts'
import { among, type Asking } from '../resources/kind.ts'
import { resourcesOf } from '../resources/appointments.ts'
import { patientsByIds } from '../resources/patients.ts'
import { reference, type Resource } from '../wire/resource.ts'

/** A resource and the very text it is sent in: numbers of the record stay as they were written. */
export interface Kept {
  resource: Resource
  text: string
}

/** In the order patient, visits, messages, requests, then the record by type. Whoever calls has written the trail. */
export async function collectRecord(context: Context, asking: Asking, patientId: string): Promise<Kept[]> {
  const ids = await recordIds(asking.tx, asking.actor.organizationId, patientId)
  const [patients, visits, messages, amendments, record] = await Promise.all([
    patientsByIds(asking, ids),
    visitsOf(asking, ids),
    messagesTo(asking, ids),
    amendmentsOf(context, asking, ids),
    recordOf(asking, ids),
  ])
  const ours = [...patients, ...visits, ...messages, ...amendments]
  return [...ours.map((resource) => ({ resource, text: JSON.stringify(resource) })), ...record]
}

async function visitsOf(asking: Asking, ids: readonly string[]): Promise<Resource[]> {
  const rows = await visibleAppointments(asking.tx, asking.actor)
    .where('a.patientId', '=', among(ids))
    .selectAll('a')
    .orderBy('a.startsAt')
    .execute()
  return resourcesOf(asking, rows)
}

/** That a message went out, how and when; what it said is made anew from the visit each time. */
async function messagesTo({ tx, actor }: Asking, ids: readonly string[]): Promise<Resource[]> {
  const rows = await tx
    .selectFrom('conversations.message')
    .where('organizationId', '=', actor.organizationId)
    .where('patientId', '=', among(ids))
    .select(['id', 'patientId', 'step', 'channel', 'status', 'plannedAt', 'sentAt', 'appointmentId'])
    .orderBy('plannedAt')
    .execute()
  return rows.map((row) => ({
    resourceType: 'Communication',
    id: row.id,
    status:
      row.status === 'sent'
        ? 'completed'
        : row.status === 'planned' || row.status === 'sending'
          ? 'in-progress'
          : 'not-done',
    subject: reference('Patient', row.patientId ?? ''),
    topic: { text: `${row.step} by ${row.channel}` },
    ...(row.appointmentId !== null && { about: [reference('Appointment', row.appointmentId)] }),
    ...(row.sentAt !== null && { sent: row.sentAt.toString() }),
  }))
}

async function amendmentsOf(context: Context, { tx, actor }: Asking, ids: readonly string[]): Promise<Resource[]> {
  const rows = await tx
    .selectFrom('privacy.amendment')
    .where('organizationId', '=', actor.organizationId)
    .where('patientId', '=', among(ids))
    .selectAll()
    .orderBy('id')
    .execute()
  return (await openAmendments(context, tx, rows)).map((row) => ({
    resourceType: 'Communication',
    id: row.id,
    status: row.answer === null ? 'in-progress' : 'completed',
    topic: { text: 'Request to correct the record' },
    subject: reference('Patient', row.patientId ?? ''),
    sent: row.askedAt.toString(),
    payload: [row.about, row.wanted, row.answer, row.answerReason, row.disagreement].flatMap((said) =>
      said === null ? [] : [{ contentString: said }],
    ),
  }))
}

async function recordOf({ tx, actor }: Asking, ids: readonly string[]): Promise<Kept[]> {
  const { rows } = await sql<{ text: string }>`
    select content::text as text from record.resource
    where organization_id = ${actor.organizationId} and patient_id = ${among(ids)}
    order by type, happened_at, fhir_id`.execute(tx)
  return rows.map(({ text }) => ({ resource: JSON.parse(text) as Resource, text }))
}

/** A Bundle of type collection, put together from the texts. */
export function bundleText(base: string, kept: readonly Kept[], at: Temporal.Instant): string {
  const entries = kept.map(({ resource, text }) => {
    const fullUrl = JSON.stringify(`${base}/${resource.resourceType}/${resource.id ?? ''}`)
    return `{"fullUrl":${fullUrl},"resource":${text}}`
  })
  return `{"resourceType":"Bundle","type":"collection","timestamp":"${at.toString()}","entry":[\n${entries.join(',\n')}\n]}`
}
