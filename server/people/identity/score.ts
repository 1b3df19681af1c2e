/** How likely two records are one person: the bits each field gives, for or against, and their sum. Pure and symmetric. */
import { bornAlike } from './birth-date.ts'
import { isNear, isNickname, normalName } from './names.ts'
import { levels, thresholds, weightOf, type Field, type Level, type Row } from './weights.ts'

export interface Identity {
  givenName: string
  familyName: string
  bornOn: Temporal.PlainDate | null
  gender?: 'male' | 'female' | 'other' | 'unknown' | null
  postcode?: string | null
  contacts: readonly { kind: 'phone' | 'email'; value: string }[]
}

export interface Contribution {
  field: Field
  level: Level
  /** Bits, to a tenth; 0 when another field of the same home has said it already. */
  points: number
}

export interface Score {
  /** Bits, to a tenth: the sum of the contributions. */
  total: number
  /** Only of fields that both records have, the table's order. */
  contributions: Contribution[]
  verdict: 'same' | 'look' | 'different'
}

type LevelOf<F extends Field> = keyof (typeof levels)[F] & Level

/** Compares two records; a field that one of them lacks says nothing. */
export function score(one: Identity, other: Identity): Score {
  const fields = [
    ...namesOf(one, other),
    said('birthDate', one.bornOn && other.bornOn && bornAlike(one.bornOn, other.bornOn)),
    said('gender', gendersOf(one, other)),
  ]
  const contributions = [...fields, ...homeOf(one, other)].filter((said) => said !== undefined)
  const total = tenth(contributions.reduce((sum, { points }) => sum + points, 0))
  const verdict = total >= thresholds.same ? 'same' : total >= thresholds.look ? 'look' : 'different'
  return { total, contributions, verdict }
}

/** First and last name written in each other's field are near, not different. */
function namesOf(one: Identity, other: Identity) {
  const [given, family, itsGiven, itsFamily] = [one.givenName, one.familyName, other.givenName, other.familyName].map(
    normalName,
  ) as [string, string, string, string]
  const areSwapped = given !== family && given === itsFamily && family === itsGiven
  const near = (name: string, its: string) => (areSwapped || isNear(name, its) ? 'near' : 'different')
  const familyLevel = family && itsFamily && (family === itsFamily ? 'same' : near(family, itsFamily))
  const nickname = isNickname(given, itsGiven) ? 'nickname' : near(given, itsGiven)
  const givenLevel = given && itsGiven && (given === itsGiven ? 'same' : nickname)
  return [said('familyName', familyLevel || null), said('givenName', givenLevel || null)]
}

function gendersOf({ gender: one }: Identity, { gender: other }: Identity) {
  const [mine, its] = [one ?? 'unknown', other ?? 'unknown']
  if (mine === 'unknown' || its === 'unknown') return null
  return mine === its ? 'same' : 'different'
}

/** A family shares its phone, email and postcode: what agrees counts once, by the one that says most. */
function homeOf(one: Identity, other: Identity) {
  const all = [
    said('phone', contactsOf('phone', one, other)),
    said('email', contactsOf('email', one, other)),
    said('postcode', one.postcode && other.postcode ? (one.postcode === other.postcode ? 'same' : 'different') : null),
  ].filter((said) => said !== undefined)
  const most = Math.max(...all.map(({ points }) => points))
  if (most <= 0) return all
  const best = all.find(({ points }) => points === most)
  return all.map((said) => (said === best ? said : { ...said, points: 0 }))
}

function contactsOf(kind: 'phone' | 'email', one: Identity, other: Identity) {
  const [mine, its] = [one, other].map(({ contacts }) => contacts.filter((contact) => contact.kind === kind))
  if (!mine?.length || !its?.length) return null
  return mine.some(({ value }) => its.some((contact) => contact.value === value)) ? 'same' : 'different'
}

function said<F extends Field>(field: F, level: LevelOf<F> | null): Contribution | undefined {
  if (level === null) return undefined
  const table: Partial<Record<Level, Row>> = levels[field]
  const row = table[level]
  return row && { field, level, points: tenth(weightOf(row)) }
}

const tenth = (bits: number) => Math.round(bits * 10) / 10
