/** What left the clinic by law, for research or for a court: written down, and told to the patient for six years (45 CFR 164.528). */
import type { Selectable } from 'kysely'
import { isPatientSide, type Actor } from '../platform/actor.ts'
import { audit } from '../platform/audit.ts'
import type { Context } from '../platform/context.ts'
import { within, type Tables, type Tx } from '../platform/db.ts'
import { notFound } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { claim, type RequestKey } from '../platform/once.ts'
import { recordIds } from '../people/index.ts'
import { knowPatient, ownPatient } from './access.ts'
import { patientNames } from './patient-names.ts'
import type { DisclosureReason } from './tables.ts'

const yearsTold = 6

interface Recorded {
  patientId: string
  disclosedOn: string
  recipient: string
  address?: string
  what: string
  why: DisclosureReason
}

export async function recordDisclosure(
  { db, now }: Context,
  actor: Actor,
  recorded: Recorded,
  requestKey?: RequestKey,
) {
  const newDisclosure = newId()
  return within(db, actor, async (tx) => {
    const { patientId } = recorded
    await knowPatient(tx, actor, patientId)
    const before = await claim(tx, actor, requestKey, newDisclosure)
    const id = before ?? newDisclosure
    if (!before) {
      await tx
        .insertInto('privacy.disclosure')
        .values({
          organizationId: actor.organizationId,
          id,
          ...recorded,
          disclosedOn: Temporal.PlainDate.from(recorded.disclosedOn),
          address: recorded.address ?? null,
          recordedBy: actor.id,
          recordedAt: now(),
        })
        .execute()
      await audit(tx, actor, {
        action: 'create',
        resourceType: 'AuditEvent',
        resourceId: id,
        patientId,
        fields: ['disclosure'],
        purpose: 'OPS',
      })
    }
    return disclosureView(
      await tx
        .selectFrom('privacy.disclosure')
        .where('organizationId', '=', actor.organizationId)
        .where('id', '=', id)
        .selectAll()
        .executeTakeFirstOrThrow(),
    )
  })
}

/** Those of the last six years, newest first. */
export async function listMyDisclosures({ db, now }: Context, actor: Actor) {
  const patientId = ownPatient(actor)
  return within(db, actor, (tx) => toldOf(tx, actor, patientId, now()))
}

/** The same of one patient, for who answers for the accounting. Refuses `not_found`. */
export async function listDisclosures({ db, now }: Context, actor: Actor, patientId: string) {
  return within(db, actor, async (tx) => {
    const patient = (await patientNames(tx, actor, [patientId])).get(patientId)
    if (!patient) throw notFound('patient')
    return { patient, disclosures: await toldOf(tx, actor, patientId, now()) }
  })
}

async function toldOf(tx: Tx, actor: Actor, patientId: string, now: Temporal.Instant) {
  const since = now.toZonedDateTimeISO('UTC').toPlainDate().subtract({ years: yearsTold })
  const ids = isPatientSide(actor) ? [...actor.patientIds] : await recordIds(tx, actor.organizationId, patientId)
  const rows = await tx
    .selectFrom('privacy.disclosure')
    .where('organizationId', '=', actor.organizationId)
    .where('patientId', 'in', ids)
    .where('disclosedOn', '>=', since)
    .selectAll()
    .orderBy('disclosedOn', 'desc')
    .orderBy('id', 'desc')
    .execute()
  await audit(tx, actor, {
    action: 'read',
    resourceType: 'AuditEvent',
    patientId,
    fields: ['disclosure'],
    ...(actor.role !== 'patient' && { purpose: 'OPS' }),
  })
  return rows.map(disclosureView)
}

const disclosureView = ({
  id,
  patientId,
  disclosedOn,
  recipient,
  address,
  what,
  why,
}: Selectable<Tables['privacy.disclosure']>) => ({
  id,
  patientId,
  disclosedOn: disclosedOn.toString(),
  recipient,
  address,
  what,
  why,
})
