/** Looks for care as a visitor does, one kind of search after the other, and keeps some of the openings it was shown. */
import { sql } from 'kysely'
import { system, type Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import { specialtyView } from '../../directory/index.ts'
import type { CareQuery, CareResult } from '../care/contract.ts'
import { findCare } from '../care/find-care.ts'
import { findOpenings } from '../openings/find-openings.ts'
import { toMinute } from '../openings/minutes.ts'
import './tables.ts'

/** So many openings of a search are asked about again: of its results, and of the page of one of them. */
const keptOfASearch = { results: 12, profile: 8 }
/** How often a search of the prober is made. */
export const searchesEverySeconds = 300

interface Shown {
  offeringId: string
  startMinute: number
}

/** Gives how many openings were kept; none when the search of this turn showed none. */
export async function sampleShown(context: Context, organizationId: string): Promise<number> {
  const { db, now } = context
  const turn = Math.floor(now().epochMilliseconds / 1000 / searchesEverySeconds)
  const visitor: Actor = { role: 'anyone', organizationId, id: 'anyone', patientIds: [] }
  const query = await queryOf(context, organizationId, turn)
  // Every third search reads on, as somebody does who looks for long.
  const first = await findCare(context, visitor, query)
  const page =
    turn % 3 === 2 && first.after ? await findCare(context, visitor, { ...query, after: first.after }) : first
  const shown = eachOnce([
    ...spread(ofResults(page.results), keptOfASearch.results),
    ...spread(await ofProfile(context, visitor, page.results, turn), keptOfASearch.profile),
  ])
  if (shown.length === 0) return 0
  await within(db, system(organizationId, 'probe'), (tx) =>
    sql`
      insert into scheduling.shown_opening (organization_id, offering_id, start_minute, was_open, shown_at)
      select ${organizationId}, s.offering_id, s.start_minute, exists (
        select from scheduling.opening p where p.organization_id = ${organizationId} and p.offering_id = s.offering_id
          and p.first_start <= s.start_minute and p.first_start > s.start_minute - 1440 and s.start_minute = any (p.starts)), ${now()}
      from json_to_recordset(${JSON.stringify(shown.map(({ offeringId, startMinute }) => ({ offering_id: offeringId, start_minute: startMinute })))}::json)
        as s(offering_id uuid, start_minute int)`.execute(tx),
  )
  return shown.length
}

/** The search of a turn: each kind comes round, and with it each specialty and place that is listed. */
async function queryOf({ db, now }: Context, organizationId: string, turn: number): Promise<CareQuery> {
  const { rows } = await within(db, system(organizationId, 'probe'), (tx) =>
    sql<{ specialties: string[]; postcodes: string[] }>`
      select array(select distinct p.specialty from scheduling.profile p where p.organization_id = ${organizationId} order by 1) as specialties,
        array(select distinct g.postcode from directory.location g
          where g.organization_id = ${organizationId} and g.active and g.postcode is not null order by 1 limit 200) as postcodes`.execute(
      tx,
    ),
  )
  const { specialties = [], postcodes = [] } = rows[0] ?? {}
  const round = Math.floor(turn / 8)
  const specialty = specialties[round % Math.max(1, specialties.length)]
  const near = postcodes[round % Math.max(1, postcodes.length)]
  const later = now().toZonedDateTimeISO('UTC').toPlainDate()
  const kinds: readonly CareQuery[] = [
    {},
    specialty === undefined ? {} : { q: specialtyView(specialty, 'en').name },
    near === undefined ? {} : { near, sort: 'distance' },
    { part: (['morning', 'afternoon', 'evening'] as const)[round % 3] ?? 'morning' },
    { mode: 'video' },
    { from: later.add({ days: 1 + (round % 20) }).toString() },
    { newPatient: round % 2 === 0 },
    near === undefined ? {} : { near, withinMiles: 25 },
  ]
  return kinds[turn % kinds.length] ?? {}
}

const ofResults = (results: readonly CareResult[]): Shown[] =>
  results.flatMap(({ offering, openings }) =>
    openings.map((at) => ({ offeringId: offering.id, startMinute: toMinute(Temporal.Instant.from(at)) })),
  )

/** What the page of one of the results shows next: two weeks of openings. */
async function ofProfile(context: Context, visitor: Actor, results: readonly CareResult[], turn: number) {
  const offeringId = results[turn % Math.max(1, results.length)]?.offering.id
  if (offeringId === undefined) return []
  const { days } = await findOpenings(context, visitor, offeringId, { days: 14 })
  return days
    .flatMap(({ openings }) => openings)
    .map((at) => ({ offeringId, startMinute: toMinute(Temporal.Instant.from(at)) }))
}

/** So many of all, evenly. */
function spread(shown: readonly Shown[], most: number): Shown[] {
  const step = Math.max(1, shown.length / most)
  return shown.filter((_, at) => Math.floor(at / step) > Math.floor((at - 1) / step))
}

const eachOnce = (shown: readonly Shown[]): Shown[] => [
  ...new Map(shown.map((one) => [`${one.offeringId} ${one.startMinute}`, one])).values(),
]
