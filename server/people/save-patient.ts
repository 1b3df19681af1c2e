/** Writes a patient's own rows: the person, the words they are found by, and how they are reached. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { emailOf, phoneOf, type Contact } from './contact/address.ts'
import { searchNameOf, tidyName, wordsOf } from './patient-words.ts'
import './tables.ts'

const genders = ['male', 'female', 'other', 'unknown'] as const
type Gender = (typeof genders)[number]

export interface NewPatient {
  id: string
  givenName: string
  familyName: string
  bornOn: Temporal.PlainDate
  gender?: Gender
  language: string
  origin: 'guest' | 'staff' | 'client'
  contacts: readonly (Contact & { verifiedAt: Temporal.Instant | null })[]
}

/** Writes a patient who was not here before. The caller has asked whether it may, and writes the trail. */
export async function addPatientRows(tx: Tx, organizationId: string, { contacts, gender, ...person }: NewPatient) {
  const searchName = searchNameOf(person)
  await tx
    .insertInto('people.patient')
    .values({ organizationId, ...person, gender: gender ?? null, searchName })
    .execute()
  await Promise.all([
    addWords(tx, organizationId, person.id, nameWords(person)),
    contacts.length > 0 &&
      tx
        .insertInto('people.patientContact')
        .values(contacts.map((contact) => ({ organizationId, patientId: person.id, ...contact })))
        .onConflict((same) => same.doNothing())
        .execute(),
  ])
}

const nameWords = ({ givenName, familyName }: { givenName: string; familyName: string }) =>
  wordsOf(`${givenName} ${familyName}`)

async function addWords(tx: Tx, organizationId: string, patientId: string, words: readonly string[]) {
  await sql`
    insert into people.patient_word (organization_id, word, patient_id)
    select ${organizationId}::uuid, word, ${patientId}::uuid from unnest(${words}::text[]) as word
    on conflict do nothing`.execute(tx)
}

/** A patient as another system's record has them. What is not known is null or left out. */
export interface RecordedPatient {
  id: string
  givenName: string
  familyName: string
  preferredName?: string | null
  /** YYYY-MM-DD; anything less is not a birth date. */
  bornOn: string | null
  /** A FHIR dateTime: a year, a month, a day or an instant. */
  diedAt: string | null
  /** A code of FHIR AdministrativeGender; anything else is not known. */
  gender: string | null
  /** BCP 47. */
  language: string | null
  /** Phones as they are written; those that cannot be phones stay in the record only. */
  contacts: readonly Contact[]
  identifiers: readonly { system: string; value: string }[]
}

/**
 * Writes a patient as the record has them now; the same facts twice change nothing. Contacts that a person has proved
 * stay, whatever the record says. The import that calls this writes the trail, a row a batch.
 */
export async function savePatientFromRecord(tx: Tx, organizationId: string, facts: RecordedPatient) {
  const givenName = tidyName(facts.givenName)
  const familyName = tidyName(facts.familyName)
  const person = {
    givenName,
    familyName,
    preferredName: facts.preferredName ? tidyName(facts.preferredName) : null,
    searchName: searchNameOf({ givenName, familyName }),
    bornOn: dayOf(facts.bornOn),
    diedAt: instantOf(facts.diedAt),
    gender: genders.find((one) => one === facts.gender) ?? null,
    language: facts.language,
  }
  // Sent one behind the other without waiting: an import does this for every patient.
  await Promise.all([
    tx
      .insertInto('people.patient')
      .values({ organizationId, id: facts.id, origin: 'record', ...person })
      .onConflict((same) => same.columns(['organizationId', 'id']).doUpdateSet(person))
      .execute(),
    keepWords(tx, organizationId, facts.id, wordsOf([givenName, familyName, person.preferredName ?? ''].join(' '))),
    keepContacts(tx, organizationId, facts.id, facts.contacts.flatMap(asStored)),
    keepIdentifiers(tx, organizationId, facts),
  ])
}

async function keepWords(tx: Tx, organizationId: string, patientId: string, words: readonly string[]) {
  await Promise.all([
    sql`delete from people.patient_word where organization_id = ${organizationId} and patient_id = ${patientId}
      and word <> all(${words}::text[])`.execute(tx),
    addWords(tx, organizationId, patientId, words),
  ])
}

async function keepContacts(tx: Tx, organizationId: string, patientId: string, contacts: readonly Contact[]) {
  const kinds = contacts.map(({ kind }) => kind)
  const values = contacts.map(({ value }) => value)
  await Promise.all([
    sql`delete from people.patient_contact where organization_id = ${organizationId} and patient_id = ${patientId}
      and verified_at is null and value <> all(${values}::text[])`.execute(tx),
    sql`insert into people.patient_contact (organization_id, patient_id, kind, value)
      select ${organizationId}::uuid, ${patientId}::uuid, kind, value from unnest(${kinds}::text[], ${values}::text[]) as c(kind, value)
      on conflict do nothing`.execute(tx),
  ])
}

async function keepIdentifiers(tx: Tx, organizationId: string, { id, identifiers }: RecordedPatient) {
  await sql`insert into people.patient_identifier (organization_id, system, value, patient_id)
    select ${organizationId}::uuid, system, value, ${id}::uuid
    from unnest(${identifiers.map(({ system }) => system)}::text[], ${identifiers.map(({ value }) => value)}::text[]) as i(system, value)
    on conflict do nothing`.execute(tx)
}

function asStored({ kind, value }: Contact): Contact[] {
  const stored = kind === 'phone' ? phoneOf(value) : emailOf(value)
  return stored ? [{ kind, value: stored }] : []
}

function dayOf(text: string | null): Temporal.PlainDate | null {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text ?? '') ?? []
  if (!year || !month || !day || Number(year) < 1) return null
  const parts = { year: Number(year), month: Number(month), day: Number(day) }
  if (parts.month < 1 || parts.day < 1) return null
  const read = Temporal.PlainDate.from(parts, { overflow: 'constrain' })
  return read.toString() === text ? read : null
}

/** The first instant of what a FHIR dateTime says; that somebody has died matters more than the hour. */
function instantOf(text: string | null): Temporal.Instant | null {
  const [, year = '', month = '01', day = '01', time] =
    /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(T.+)?$/.exec(text ?? '') ?? []
  const onDay = dayOf(`${year}-${month}-${day}`)
  if (!onDay) return null
  const isInstant =
    time !== undefined && /^T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/.test(time)
  return isInstant ? Temporal.Instant.from(`${onDay.toString()}${time}`) : onDay.toZonedDateTime('UTC').toInstant()
}
