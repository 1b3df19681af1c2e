/** What somebody asks find care for, settled: words understood, place found, plan and names looked up. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { Language } from '../../platform/endpoint.ts'
import { invalid } from '../../platform/errors.ts'
import {
  placeOf,
  placeOfCity,
  practitionersNamed,
  practitionersNearlyNamed,
  understand,
  type Point,
  type Understood,
} from '../../directory/index.ts'
import { networksOfPlan } from '../../coverage/index.ts'
import type { CareQuery } from '../contract.ts'
import { toMinute } from '../openings/minutes.ts'

/** All that a search may look at. No field here, or on a listing, says who pays for what. */
export interface Asked {
  organizationId: string
  language: Language
  /** What the words mean, as it is told. */
  words: Understood
  /** Whole minutes since 1970, a minute from now: nothing sooner than this plus an offering's notice is shown, so that what is shown can be booked while somebody chooses. */
  now: number
  /** Nothing in the words was understood and nobody has such a name: there is nothing to show. */
  lost: boolean
  specialties: readonly string[]
  /** Codes, best first: which visit is offered. */
  visitTypes: readonly string[]
  /** Ids of those whose name was asked for. */
  named: readonly string[] | undefined
  point: Point | undefined
  withinMiles: number | undefined
  networks: readonly string[] | undefined
  /** The first local day, when it is after today or a part of the day is asked for too. */
  from: string | undefined
  part: 1 | 2 | 3 | undefined
  speaks: string | undefined
  gender: string | undefined
  newPatient: boolean | undefined
  ageYears: number | undefined
  mode: 'in_person' | 'video' | undefined
  /** What the place must have, unless the visit is by video. */
  access: readonly string[]
  byDistance: boolean
}

/** What would be too soon by then is not shown. */
const secondsToChoose = 60

const partNumbers = { morning: 1, afternoon: 2, evening: 3 } as const
const nothingSaid: Understood = { specialties: [], visitTypes: [], because: [] }

function readWords(query: CareQuery): Understood {
  return query.q?.trim() ? understand(query.q, query.language ?? 'en') : nothingSaid
}

/** Settles a query; refuses an unknown plan or place, and a distance from nowhere. */
export async function settle(
  tx: Tx,
  organizationId: string,
  query: CareQuery,
  clock: Temporal.Instant,
): Promise<Asked> {
  const said = readWords(query)
  const point = pointOf(query)
  const [networks, { named, heard }] = await Promise.all([
    query.planId === undefined ? undefined : networksOfPlan(tx, organizationId, query.planId),
    namedIn(tx, organizationId, said),
  ])
  const words = { ...said, because: [...said.because, ...heard] }
  const isLost = words.specialties.length === 0 && words.visitTypes.length === 0 && (named ?? []).length === 0
  return {
    organizationId,
    language: query.language ?? 'en',
    words,
    now: toMinute(clock.add({ seconds: 59 + secondsToChoose })),
    lost: isLost && Boolean(query.q?.trim()),
    specialties: words.specialties,
    visitTypes: words.visitTypes,
    named,
    point,
    withinMiles: query.withinMiles,
    networks,
    from: query.part === undefined && isPast(query.from, clock) ? undefined : query.from,
    part: query.part && partNumbers[query.part],
    speaks: query.speaks,
    gender: query.gender,
    newPatient: query.newPatient,
    ageYears: query.ageYears ?? words.age,
    mode: query.mode,
    access: (query.access ?? 'any').split(',').filter((one) => one !== 'any'),
    byDistance: query.sort === 'distance',
  }
}

function pointOf({ near, withinMiles, sort }: CareQuery): Point | undefined {
  if (near?.trim()) {
    const found = placeOf(near.trim()) ?? placeOfCity(near)
    if (!found)
      throw invalid('place_not_found', 'We do not know that place. Enter a ZIP code, or a city and state.', {
        instead: 'change_place',
      })
    return found
  }
  if (withinMiles !== undefined)
    throw invalid('near_missing', 'Enter a ZIP code or a city to search within a distance of it.', {
      instead: 'change_place',
    })
  if (sort === 'distance')
    throw invalid('near_missing', 'Enter a ZIP code or a city to see the nearest first.', { instead: 'change_place' })
  return undefined
}

/** A day that has begun in every zone filters nothing: openings are never in the past. */
const isPast = (from: string | undefined, clock: Temporal.Instant) =>
  from !== undefined && from <= clock.subtract({ hours: 12 }).toZonedDateTimeISO('UTC').toPlainDate().toString()

interface Named {
  /** Ids; undefined when no name was said. */
  named: string[] | undefined
  /** A name that was spelt wrong, and what it was taken for. */
  heard: Understood['because']
}

/** Those whose name was said, else those it nearly names. Beside a reason, words that name nobody are no name. */
async function namedIn(tx: Tx, organizationId: string, { name, specialties }: Understood): Promise<Named> {
  if (name === undefined) return { named: undefined, heard: [] }
  const ids = await practitionersNamed(tx, organizationId, name, specialties)
  if (ids.length > 0) return { named: ids, heard: [] }
  if (specialties.length > 0) return { named: undefined, heard: [] }
  const nearly = await practitionersNearlyNamed(tx, organizationId, name)
  return { named: nearly.ids, heard: nearly.heard }
}

/** A list as one parameter, so that lists of any length share one statement. */
export function listOf(values: readonly string[], type: 'uuid' | 'text') {
  const list = `{${values.map((value) => `"${value.replaceAll(/["\\]/g, '')}"`).join(',')}}`
  return type === 'uuid' ? sql`${list}::uuid[]` : sql`${list}::text[]`
}
