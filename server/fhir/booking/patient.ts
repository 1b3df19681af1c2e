/** Whom a visit is for: a patient of ours by id or identifier, or somebody new, as the calling program knows them. */
import { phoneOf, visiblePatients } from '../../people/index.ts'
import type { BookingRequest } from '../../scheduling/contract.ts'
import { invalid, notFound } from '../../platform/errors.ts'
import { isId } from '../../platform/ids.ts'
import { fromFhir } from '../../directory/index.ts'
import type { Asking } from '../resources/kind.ts'
import { identified } from '../resources/patients.ts'
import type { Resource } from '../wire/resource.ts'

interface Text {
  system?: unknown
  value?: unknown
}

/** As `book` takes it: a patient's id, or the person with a contact that the program vouches for. */
export type Who = Pick<BookingRequest, 'patientId' | 'guest'>

/** Refuses `not_found`, `person_incomplete` and `contact_needed`; two records with the identifiers are refused `several_patients`. */
export async function whoIsMeant(asking: Asking, patient: Resource): Promise<Who> {
  if (patient.resourceType !== 'Patient') throw invalid('person_incomplete', 'patient-resource is a Patient.')
  const known = await knownId(asking, patient)
  if (known !== undefined) return { patientId: known }
  const name = fromFhir.practitioner(patient)
  const bornOn = patient['birthDate']
  if (
    typeof bornOn !== 'string' ||
    bornOn.length !== 10 ||
    name.family_name === 'Unknown' ||
    name.given_name === 'Unknown'
  )
    throw invalid('person_incomplete', 'A new patient needs a given name, a family name and a whole birth date.')
  const language = name.languages.includes('es') ? ('es' as const) : ('en' as const)
  const { gender } = name
  return {
    guest: {
      person: {
        givenName: name.given_name,
        familyName: name.family_name,
        bornOn,
        language,
        ...(gender && { gender: gender as 'male' | 'female' | 'other' | 'unknown' }),
      },
      contact: { told: contactOf(patient) },
    },
  }
}

/** Ours by id, else by an identifier that one patient has; undefined for somebody new. */
async function knownId(asking: Asking, patient: Resource): Promise<string | undefined> {
  const { tx, actor } = asking
  if (patient.id !== undefined && isId(patient.id)) {
    const row = await visiblePatients(tx, actor).where('p.id', '=', patient.id).select('p.id').executeTakeFirst()
    if (!row) throw notFound('patient')
    return row.id
  }
  const tokens = texts(patient['identifier']).flatMap(({ system, value }) =>
    typeof system === 'string' && typeof value === 'string' ? [{ system, code: value }] : [],
  )
  if (tokens.length === 0) return undefined
  const rows = await identified(asking, tokens).distinct().limit(2).execute()
  if (rows.length > 1)
    throw invalid(
      'several_patients',
      'These identifiers belong to more than one patient here. Say which by Patient.id.',
    )
  return rows[0]?.patientId
}

function contactOf(patient: Resource) {
  for (const { system, value } of texts(patient['telecom'])) {
    if (typeof value !== 'string') continue
    if (system === 'phone' && phoneOf(value)) return { kind: 'phone' as const, value }
    if (system === 'email' && /^[^\s@]{1,64}@[^\s@]+$/.test(value)) return { kind: 'email' as const, value }
  }
  throw invalid('contact_needed', 'A new patient needs a phone or an email, so that the confirmation reaches them.')
}

const texts = (value: unknown): Text[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'object' && one !== null) : []
