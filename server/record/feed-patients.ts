/** Feeds people from FHIR Patient resources. */
import type { Tx } from '../platform/db.ts'
import { savePatientFromRecord } from '../people/index.ts'
import { rowIdOf, type Received, type Waiting } from './take-in.ts'

interface FhirPatient {
  name?: { use?: string; family?: string; given?: string[]; text?: string }[]
  birthDate?: string
  gender?: string
  deceasedDateTime?: string
  deceasedBoolean?: boolean
  communication?: { language?: { coding?: { code?: string }[] }; preferred?: boolean }[]
  telecom?: { system?: string; value?: string }[]
  identifier?: { system?: string; value?: string }[]
}

/** Upserts each patient with names, birth date, language, contacts and identifiers. */
export async function feedPatients(tx: Tx, organizationId: string, received: readonly Received[]): Promise<Waiting[]> {
  for (const { resource } of received) {
    if (resource.resourceType !== 'Patient') continue
    const patient = resource as FhirPatient
    const name = patient.name?.find(({ use }) => use === 'official') ?? patient.name?.[0]
    const words = (name?.text ?? 'Unknown').split(' ')
    await savePatientFromRecord(tx, organizationId, {
      id: rowIdOf(organizationId, 'Patient', resource.id),
      givenName: name?.given?.join(' ') ?? words.slice(0, -1).join(' ') ?? 'Unknown',
      familyName: name?.family ?? words.at(-1) ?? 'Unknown',
      // A birth date known to the year or month only is kept in the record, not guessed.
      bornOn: patient.birthDate?.length === 10 ? patient.birthDate : null,
      diedAt: patient.deceasedDateTime ?? null,
      gender: ['male', 'female', 'other', 'unknown'].find((one) => one === patient.gender) ?? null,
      language: languageOf(patient),
      contacts: (patient.telecom ?? []).flatMap(({ system, value }) =>
        value && (system === 'phone' || system === 'email') ? [{ kind: system, value }] : [],
      ),
      identifiers: (patient.identifier ?? []).flatMap(({ system, value }) =>
        system && value ? [{ system, value }] : [],
      ),
    })
  }
  return []
}

function languageOf({ communication }: FhirPatient): string | null {
  const said = communication?.find(({ preferred }) => preferred) ?? communication?.[0]
  return said?.language?.coding?.[0]?.code?.toLowerCase().split('-')[0] ?? null
}
