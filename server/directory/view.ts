/** What everybody is shown of clinicians and places. */
import type { Language } from '../platform/endpoint.ts'
import type { Clinician, Place } from './contract.ts'
import { specialtyName } from './words/index.ts'

interface NamedClinician {
  id: string
  givenName: string
  familyName: string
  prefix: string | null
  credentials: string | null
  gender: string | null
  languages: string[]
}

/** As said aloud: 'Dr. Lan Nguyen, MD'. */
export const spokenName = (who: Pick<NamedClinician, 'givenName' | 'familyName' | 'prefix' | 'credentials'>) =>
  [[who.prefix, who.givenName, who.familyName].filter(Boolean).join(' '), who.credentials].filter(Boolean).join(', ')

export function clinicianView(row: NamedClinician): Clinician {
  const { id, credentials, gender, languages } = row
  const initials = [row.givenName, row.familyName].map((name) => [...name][0]?.toUpperCase() ?? '').join('')
  return { id, name: spokenName(row), initials, credentials, gender, languages }
}

interface NamedPlace extends Omit<Place, 'lines'> {
  addressLines: string[]
}

export function placeView(row: NamedPlace): Place {
  const { id, name, addressLines, city, state, postcode, phone, zone, latitude, longitude } = row
  return { id, name, lines: addressLines, city, state, postcode, phone, zone, latitude, longitude }
}

/** A specialty by its everyday name, or by its code when we have no words for it. */
export const specialtyView = (code: string, language: Language) => ({
  code,
  name: specialtyName(code, language) ?? code,
})
