/** First signs that somebody looked at a record out of curiosity. None proves anything; a person asks. Pure. */
import type { signs } from './contract.ts'

export type Sign = (typeof signs)[number]

/** What is known of one person's looks at one record on one day. */
export interface Look {
  /** Of the person who looked, as colleagues write it. */
  personName: string | null
  /** Records that are the person's own. */
  ownPatientIds: readonly string[]
  patientId: string
  patientFamilyName: string
  /** A phone or email of the record is also on a record of the person's own. */
  sharesContact: boolean
  /** The patient works here. */
  patientIsColleague: boolean
  /** The patient has a visit within a month of the look. */
  hasVisitNear: boolean
  /** Local times of the looks. */
  at: readonly Temporal.ZonedDateTime[]
  /** The most different records this person opened within one hour of that day. */
  recordsInAnHour: number
}

/** Looks before and after these hours, and at weekends, are after hours. */
const opens = 6
const closes = 20
const manyRecords = 100

export function signsOf(look: Look): Sign[] {
  const found: [Sign, boolean][] = [
    ['self', look.ownPatientIds.includes(look.patientId)],
    ['same_surname', sharesSurname(look)],
    ['shared_contact', look.sharesContact],
    ['colleague', look.patientIsColleague],
    ['after_hours', look.at.some(({ hour, dayOfWeek }) => hour < opens || hour >= closes || dayOfWeek > 5)],
    ['no_visit', !look.hasVisitNear],
    ['many_records', look.recordsInAnHour > manyRecords],
  ]
  return found.filter(([, is]) => is).map(([sign]) => sign)
}

/** Working late or looking somebody up is daily work: alone these say nothing. */
const weak: ReadonlySet<Sign> = new Set(['after_hours', 'no_visit'])

/** Whether a person should ask: one strong sign, or both weak ones. */
export const isTelling = (found: readonly Sign[]) => found.some((sign) => !weak.has(sign)) || found.length > 1

function sharesSurname({ personName, patientFamilyName, ownPatientIds, patientId }: Look): boolean {
  if (personName === null || ownPatientIds.includes(patientId)) return false
  const family = wordsOf(patientFamilyName)
  // The last two words: surnames of two are written so, and a first name comes before them.
  return wordsOf(personName)
    .slice(1)
    .slice(-2)
    .some((word) => family.includes(word))
}

/** Letters that no decomposition takes apart, as the words of patients are kept. */
const whole: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
  ı: 'i',
}

/** The words of a name in small plain letters, as patients are looked up by. */
export const wordsOf = (name: string) =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[øłđðþæœßı]/g, (letter) => whole[letter] ?? letter)
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length > 1)
