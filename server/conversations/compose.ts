/** Writes one message from what is true now, in the patient's language; nothing when it is not true any more. */
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import type { Language } from '../platform/endpoint.ts'
import { readAddress, type DataClass, type Letter } from '../partners/index.ts'
import { spokenName } from '../directory/index.ts'
import { accountNotice, openContactCode, readOrganization, visitToken, visitUrl } from '../people/index.ts'
import { offeringsInFull, resourcesOf, spoken } from '../scheduling/index.ts'
import { accountLetter, accountText } from './letters/account.ts'
import { calendarOf } from './letters/calendar.ts'
import { codeLetter, codeText } from './letters/code.ts'
import { visitLetter } from './letters/confirmation.ts'
import { accountChanges, type VisitFacts } from './letters/facts.ts'
import { reducedLetter, reducedText } from './letters/reduced.ts'
import { visitText } from './letters/text-message.ts'
import { preferredContact } from './plan.ts'
import './tables.ts'

export type Outgoing =
  | { channel: 'email'; letter: Pick<Letter, 'to' | 'subject' | 'text' | 'html' | 'language' | 'calendar'> }
  | { channel: 'text'; to: string; body: string }

/** A message for the gate to judge: what it tells, as it is, and as 'sign in to read it'. */
export interface Composed {
  dataClass: DataClass
  purpose: 'operations' | 'treatment' | 'asked_for'
  whole: Outgoing
  reduced: Outgoing
}

interface Message {
  organizationId: string
  step: string
  channel: 'email' | 'text'
  language: string
  appointmentId: string | null
  appointmentVersion: number | null
}

/** The message about a visit as it stands; undefined when the visit has changed since it was planned. */
export async function composeVisit(context: Context, tx: Tx, message: Message): Promise<Composed | undefined> {
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
  const language: Language = message.language === 'es' ? 'es' : 'en'
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
  // The link of the visit is not in it: whoever has that link sees the visit.
  const { clinicName, clinicPhone } = facts
  const slight = { language, clinicName, clinicPhone, signInUrl: `${context.config.publicUrl}/sign-in` }
  const judged = { dataClass: 'visit', purpose: 'treatment' } as const
  if (message.channel === 'text')
    return {
      ...judged,
      whole: { channel: 'text', to: contact.value, ...visitText(facts) },
      reduced: { channel: 'text', to: contact.value, ...reducedText(slight) },
    }
  const calendar = calendarOf({
    ...facts,
    method: facts.kind === 'cancelled' ? 'CANCEL' : 'REQUEST',
    appointmentId: visit.id,
    version: visit.version,
    madeAt: context.now(),
    startsAt: visit.startsAt,
    endsAt: visit.endsAt,
    organizer: readAddress(context.config.mailFrom).address,
    attendee: { name: facts.patientFirstName, email: contact.value },
  })
  const to = contact.value
  return {
    ...judged,
    whole: { channel: 'email', letter: { to, language, calendar, ...visitLetter(facts) } },
    reduced: { channel: 'email', letter: { to, language, ...reducedLetter(slight) } },
  }
}

/** What tells nothing of anybody's health is the same in both versions. */
const harmless = (purpose: Composed['purpose'], message: Outgoing): Composed => ({
  dataClass: 'none',
  purpose,
  whole: message,
  reduced: message,
})

/** The one-time code, while it still opens anything. */
export async function composeCode(
  context: Context,
  tx: Tx,
  organizationId: string,
  contactCodeId: string,
): Promise<Composed | undefined> {
  const [organization, code] = await Promise.all([
    readOrganization(tx, organizationId),
    openContactCode(context, tx, organizationId, contactCodeId),
  ])
  if (!code) return undefined
  const facts = {
    kind: 'code' as const,
    language: code.language,
    clinicName: organization.name,
    clinicPhone: organization.phone,
    code: code.code,
    minutes: 10,
  }
  const to = code.to.value
  if (code.to.kind === 'phone') return harmless('asked_for', { channel: 'text', to, ...codeText(facts) })
  const letter = { to, language: code.language, ...codeLetter(facts) }
  return harmless('asked_for', { channel: 'email', letter })
}

/** What changed about an account, to the contact it is signed in with now. */
export async function composeAccount(
  context: Context,
  tx: Tx,
  { organizationId, personId, step }: { organizationId: string; personId: string; step: string },
): Promise<Composed | undefined> {
  const change = accountChanges.find((one) => one === step)
  const notice = await accountNotice(context, organizationId, personId)
  if (!notice || !change) return undefined
  const { to, language } = notice
  const { name: clinicName, phone: clinicPhone } = await readOrganization(tx, organizationId)
  const facts = { language, clinicName, clinicPhone, change }
  if (to.kind === 'phone') return harmless('operations', { channel: 'text', to: to.value, ...accountText(facts) })
  return harmless('operations', { channel: 'email', letter: { to: to.value, language, ...accountLetter(facts) } })
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
