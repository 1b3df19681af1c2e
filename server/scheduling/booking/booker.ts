/** Whose visit is being booked, and by whom: a guest who proved a contact, or a patient that staff or a program names. */
import { isStaff, type Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { send, type Tx } from '../../platform/db.ts'
import { invalid, notFound } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { statement } from '../../platform/statement.ts'
import { readContact, readPhone, readProof, recogniseGuest, registerGuest, type Contact } from '../../people/index.ts'
import type { BookingRequest } from '../contract.ts'
import { answersReferral } from '../referrals/answer-referral.ts'
import { holderOfLink } from '../referrals/link.ts'
import { readLink } from '../referrals/open-link.ts'

export interface Booker {
  /** In the role that writes: the portal's for a guest, who may touch this one patient. */
  actor: Actor
  /** Whose request keys are one set. */
  claimant: string
  patientId: string
  through: 'guest' | 'desk' | 'api'
  /** Where messages about the visit go. */
  contact?: Contact
  person(tx: Tx): Promise<Person>
  /** Writes a guest's own rows, before the appointment refers to them. */
  arrive?(tx: Tx): Promise<void>
  /** What follows from how a guest can be reached, after the appointment is written. */
  settle?(tx: Tx, appointmentId: string): Promise<void>
}

export async function bookerOf(context: Context, actor: Actor, request: BookingRequest): Promise<Booker> {
  if (request.guest && request.patientId) throw invalid('guest_or_patient', 'Name a guest or a patient, not both.')
  if (request.guest) return guest(context, actor, request.guest)
  if (request.referral !== undefined) {
    const link = readLink(context, { organizationId: actor.organizationId, token: request.referral })
    return answersReferral(context, known(context, holderOfLink(link), link.patientId), link, request)
  }
  if (!request.patientId || !mayBookFor(actor, request.patientId))
    throw invalid('who_is_it_for', 'Say who the visit is for.', { instead: 'details' })
  return known(context, actor, request.patientId)
}

/** Staff and programs for any patient; somebody who signed in for those whose records their account opens. */
const mayBookFor = (actor: Actor, patientId: string) =>
  isStaff(actor) || (actor.role === 'patient' && actor.patientIds.includes(patientId))

function known({ now }: Context, actor: Actor, patientId: string): Booker {
  return {
    actor,
    claimant: actor.id,
    patientId,
    through: throughOf(actor),
    person: (tx) =>
      actor.role === 'patient' || actor.role === 'guest'
        ? readOwn(tx, actor, patientId, now())
        : readPatient(tx, actor, patientId),
  }
}

const throughOf = (actor: Actor) => (isStaff(actor) ? (actor.role === 'client' ? 'api' : 'desk') : 'guest')

/** Only what booking needs; the booking's own audit row says whose record it was. */
async function readPatient(tx: Tx, { organizationId }: Actor, id: string): Promise<Person> {
  const [patient] = await send(tx, readPerson, { organizationId, id })
  if (!patient) throw notFound('patient')
  return patient
}

/** The same of several patients, by id; one who is not there is missing. */
export async function readPatients(tx: Tx, organizationId: string, ids: readonly string[]) {
  const patients = await send(tx, readPeople, { organizationId, ids })
  return new Map<string, Person>(patients.map((patient) => [patient.id, patient]))
}

const readPeople = statement<{ organizationId: string; ids: readonly string[] }, Person & { id: string }>`
  select id, born_on, given_name from people.patient
  where organization_id = ${'organizationId'} and id = any (${'ids'}::uuid[])`

/** The same, and whether they have been here: who signed in need not say what the record knows. */
async function readOwn(tx: Tx, { organizationId }: Actor, id: string, now: Temporal.Instant): Promise<Person> {
  const [patient] = await send(tx, readOwnPerson, { organizationId, id, now: now.toString() })
  if (!patient) throw notFound('patient')
  return patient
}

export interface Person {
  bornOn: Temporal.PlainDate | null
  givenName: string
  /** Of a record without an earlier visit; undefined where nobody looked. */
  isNew?: boolean
}

const readOwnPerson = statement<{ organizationId: string; id: string; now: string }, Person>`
  select p.born_on, p.given_name, p.origin <> 'record' and not exists (select from scheduling.appointment a
    where a.organization_id = p.organization_id and a.patient_id = any(people.record_ids(p.organization_id, p.id)) and a.status = 'booked'
      and a.starts_at < ${'now'}::timestamptz) as is_new
  from people.patient p where p.organization_id = ${'organizationId'} and p.id = ${'id'}`

const readPerson = statement<{ organizationId: string; id: string }, Person>`
  select born_on, given_name from people.patient where organization_id = ${'organizationId'} and id = ${'id'}`

async function guest(
  context: Context,
  actor: Actor,
  { person, contact }: NonNullable<BookingRequest['guest']>,
): Promise<Booker> {
  const bornOn = Temporal.PlainDate.from(person.bornOn)
  const proved = 'proof' in contact ? readProof(context, actor.organizationId, contact.proof) : undefined
  const landline = 'landline' in contact ? readPhone(contact.landline) : undefined
  const told = 'told' in contact ? toldContact(actor, contact.told) : undefined
  const reached = proved ?? told
  const recognised = await recogniseGuest(context, actor.organizationId, person, reached)
  const patientId = recognised.patientId ?? newId()
  const guestActor: Actor = isStaff(actor)
    ? actor
    : { ...actor, role: 'guest', id: `guest:${patientId}`, patientIds: [patientId] }
  return {
    actor: guestActor,
    claimant: isStaff(actor) ? actor.id : 'guest',
    patientId,
    through: throughOf(actor),
    ...(reached && { contact: reached }),
    person: async () => ({ bornOn, givenName: person.givenName }),
    arrive: (tx) =>
      registerGuest(tx, guestActor, {
        ...recognised,
        patientId,
        person,
        contact: reached ?? { kind: 'phone', value: landline ?? '' },
        verified: proved !== undefined,
        now: context.now(),
      }),
    ...(landline && {
      settle: (tx: Tx, appointmentId: string) =>
        callBack(tx, guestActor, { patientId, appointmentId, now: context.now() }),
    }),
  }
}

/** Staff and programs vouch for what a patient told them; a guest proves it. */
function toldContact(actor: Actor, told: Contact): Contact {
  if (!isStaff(actor)) throw invalid('proof_needed', 'Prove this phone or email with a code.', { instead: 'details' })
  return readContact(told)
}

/** A landline cannot receive a code: somebody calls within a working day. */
async function callBack(
  tx: Tx,
  actor: Actor,
  { patientId, appointmentId, now }: { patientId: string; appointmentId: string; now: Temporal.Instant },
) {
  await tx
    .insertInto('scheduling.callBack')
    .values({
      organizationId: actor.organizationId,
      patientId,
      appointmentId,
      cause: 'landline',
      dueAt: now.add({ hours: 24 }),
      createdAt: now,
    })
    .execute()
}
