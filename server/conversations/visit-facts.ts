/** What is true now of a visit that a message is about. */
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import type { Language } from '../platform/endpoint.ts'
import { spokenName } from '../directory/index.ts'
import { readOrganization, visitToken, visitUrl } from '../people/index.ts'
import { offeringsInFull, resourcesOf, spoken } from '../scheduling/index.ts'
import type { VisitFacts } from './letters/facts.ts'
import { preferredContact } from './preferred-contact.ts'
import './tables.ts'

export interface VisitMessage {
  organizationId: string
  step: string
  channel: 'email' | 'text'
  language: string
  appointmentId: string | null
  appointmentVersion: number | null
}

export interface Told {
  facts: VisitFacts
  /** The phone or email it goes to. */
  to: string
  event: { appointmentId: string; version: number; startsAt: Temporal.Instant; endsAt: Temporal.Instant }
}

export const languageOf = (language: string): Language => (language === 'es' ? 'es' : 'en')

/** Undefined when the visit has changed since the message was planned, or nobody can be reached. */
export async function readTold(context: Context, tx: Tx, message: VisitMessage): Promise<Told | undefined> {
  const { organizationId } = message
  const visit = await tx
    .selectFrom('scheduling.appointment')
    .where('organizationId', '=', organizationId)
    .where('id', '=', message.appointmentId)
    .selectAll()
    .executeTakeFirst()
  if (!visit || visit.version !== message.appointmentVersion) return undefined
  const [organization, offering, patient, interpreter, movedFrom, contact] = await Promise.all([
    readOrganization(tx, organizationId),
    offeringsInFull(tx, organizationId).where('o.id', '=', visit.offeringId).executeTakeFirstOrThrow(),
    readPatient(tx, organizationId, visit.patientId),
    readInterpreter(tx, visit),
    readMovedFrom(tx, organizationId, visit.id, visit.version),
    visit.contactValue ? { value: visit.contactValue } : preferredContact(tx, organizationId, visit.patientId),
  ])
  if (!contact) return undefined
  const language = languageOf(message.language)
  const token = visitToken(context.keys, {
    organizationId,
    visitId: visit.id,
    patientId: visit.patientId,
    until: visit.endsAt.add({ hours: 24 }),
  })
  const facts: VisitFacts = {
    language,
    kind: kindOf(message.step),
    patientFirstName: patient.givenName,
    clinicName: organization.name,
    clinicPhone: organization.phone,
    when: visit.startsAt,
    zone: offering.zone,
    ...(message.step === 'moved' && movedFrom && { movedFrom: movedFrom.at, byClinic: movedFrom.byClinic }),
    practitionerName: spokenName(offering),
    ...(offering.seats > 1 && { group: true }),
    ...(interpreter && { interpreter }),
    place: {
      name: offering.placeName,
      lines: postalLines(offering),
      phone: offering.phone,
      latitude: offering.latitude,
      longitude: offering.longitude,
    },
    video: visit.mode === 'video',
    directions: spoken(offering.directions, language) ?? null,
    bring: spoken(offering.bring, language) ?? [],
    prepare: spoken(offering.prepare, language) ?? [],
    manageUrl: visitUrl(context.config.publicUrl, token),
    cancelCutoffHours: organization.cancelCutoffMinutes / 60,
  }
  const { id: appointmentId, version, startsAt, endsAt } = visit
  return { facts, to: contact.value, event: { appointmentId, version, startsAt, endsAt } }
}

const kindOf = (step: string): VisitFacts['kind'] => (step === 'moved' || step === 'cancelled' ? step : 'booked')

function postalLines({
  addressLines,
  city,
  state,
  postcode,
}: {
  addressLines: string[]
  city: string | null
  state: string | null
  postcode: string | null
}) {
  const town = [city, [state, postcode].filter(Boolean).join(' ')].filter(Boolean).join(', ')
  return town === '' ? addressLines : [...addressLines, town]
}

function readPatient(tx: Tx, organizationId: string, id: string) {
  return tx
    .selectFrom('people.patient')
    .where('organizationId', '=', organizationId)
    .where('id', '=', id)
    .select('givenName')
    .executeTakeFirstOrThrow()
}

/** Who interprets, and how; undefined when nobody was asked for. */
async function readInterpreter(
  tx: Tx,
  visit: { organizationId: string; id: string; interpreterLanguage: string | null },
): Promise<VisitFacts['interpreter']> {
  const { organizationId, id, interpreterLanguage: language } = visit
  if (language === null) return undefined
  const interpreter = (await resourcesOf(tx, organizationId, id)).find(({ kind }) => kind === 'interpreter')
  return interpreter?.modality ? { language, modality: interpreter.modality } : undefined
}

async function readMovedFrom(tx: Tx, organizationId: string, appointmentId: string, version: number) {
  const change = await tx
    .selectFrom('scheduling.appointmentChange')
    .where('organizationId', '=', organizationId)
    .where('appointmentId', '=', appointmentId)
    .where('version', '=', version)
    .select(['previousStartsAt', 'reasonCode'])
    .executeTakeFirst()
  return change && { at: change.previousStartsAt, byClinic: change.reasonCode === 'clinic' }
}
