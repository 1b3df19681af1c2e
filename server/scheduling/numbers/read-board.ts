/** The board: phantoms with where they come from, how long people wait, how full the hours were. No patient is in it. */
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import type { Language, Spoken } from '../../platform/endpoint.ts'
import { specialtyView, spokenName } from '../../directory/index.ts'
import { spoken } from '../view.ts'
import type { Board } from './contract.ts'
import { phantomPercent, probedView } from './rates.ts'
import { readFill } from './read-fill.ts'
import { daysCounted, numbersOf, probedByDay, type Days } from './read-numbers.ts'
import './tables.ts'

/** So many of each are named. */
const mostNamed = 10
const mostWaits = 200

export async function readBoard({ db, now }: Context, actor: Actor, language: Language): Promise<Board> {
  const { organizationId } = actor
  return within(db, actor, async (tx) => {
    const days = await daysCounted(tx, organizationId, now())
    const [numbers, byDay, causes, waits, fill] = await Promise.all([
      numbersOf(tx, organizationId, days),
      probedByDay(tx, organizationId, days),
      readCauses(tx, organizationId, days, language),
      readWaits(tx, organizationId, days, language),
      readFill(tx, organizationId, days),
    ])
    return {
      numbers,
      days: byDay.map(({ day, ...counts }) => ({ day: day.toString(), probed: probedView(counts) })),
      causes,
      waits,
      fill,
    }
  })
}

interface Counted {
  asked: number
  phantoms: number
}

interface TallyRow extends Counted {
  offeringId: string
  practitionerId: string
  givenName: string
  familyName: string
  prefix: string | null
  credentials: string | null
  visitTypeId: string
  visitName: Spoken<string>
  locationId: string
  placeName: string
  feed: 'imported' | 'own'
}

/** Of offerings that phantoms were found of, all that was asked: a share says more than a count. */
async function readCauses(
  tx: Tx,
  organizationId: string,
  { from, until }: Days,
  language: Language,
): Promise<Board['causes']> {
  const inDays = sql`t.organization_id = ${organizationId} and t.day >= ${from}::date and t.day <= ${until}::date`
  const [offerings, reasons] = await Promise.all([
    sql<TallyRow>`
      select o.id as offering_id, o.practitioner_id, p.given_name, p.family_name, p.prefix, p.credentials, o.visit_type_id, v.name as visit_name,
        o.location_id, l.name as place_name, case when uuid_extract_version(o.practitioner_role_id) = 8 then 'imported' else 'own' end as feed,
        t.asked, t.phantoms
      from (
        select t.offering_id, sum(t.many)::int as asked, coalesce(sum(t.many) filter (where t.outcome = 'phantom'), 0)::int as phantoms
        from scheduling.probe_tally t where ${inDays} group by t.offering_id
      ) t
      join scheduling.offering o on o.organization_id = ${organizationId} and o.id = t.offering_id
      join scheduling.visit_type v on v.organization_id = o.organization_id and v.id = o.visit_type_id
      join directory.practitioner p on p.organization_id = o.organization_id and p.id = o.practitioner_id
      join directory.location l on l.organization_id = o.organization_id and l.id = o.location_id`.execute(tx),
    sql<{ code: string; phantoms: number }>`
      select t.cause as code, sum(t.many)::int as phantoms from scheduling.probe_tally t
      where ${inDays} and t.outcome = 'phantom' group by t.cause order by 2 desc, 1`.execute(tx),
  ])
  return {
    clinicians: worst(
      offerings.rows,
      (row) => row.practitionerId,
      (row) => spokenName(row),
    ),
    visitTypes: worst(
      offerings.rows,
      (row) => row.visitTypeId,
      (row) => spoken(row.visitName, language) ?? '',
    ),
    places: worst(
      offerings.rows,
      (row) => row.locationId,
      (row) => row.placeName,
    ),
    feeds: worst(
      offerings.rows,
      (row) => row.feed,
      () => '',
    ).map(({ id, asked, phantoms }) => ({ feed: id === 'imported' ? 'imported' : 'own', asked, phantoms })),
    reasons: reasons.rows,
  }
}

/** Those with phantoms, the greatest share first. */
function worst(rows: readonly TallyRow[], idOf: (row: TallyRow) => string, nameOf: (row: TallyRow) => string) {
  return [...Map.groupBy(rows, idOf)]
    .map(([id, of]) => ({
      id,
      name: of[0] ? nameOf(of[0]) : '',
      asked: of.reduce((sum, { asked }) => sum + asked, 0),
      phantoms: of.reduce((sum, { phantoms }) => sum + phantoms, 0),
    }))
    .filter(({ phantoms }) => phantoms > 0)
    .sort((a, b) => share(b) - share(a) || b.phantoms - a.phantoms || a.name.localeCompare(b.name))
    .slice(0, mostNamed)
}

const share = (counted: Counted) => phantomPercent(counted) ?? 0

interface WaitRow {
  visitName: Spoken<string>
  specialty: string
  place: string
  clinicians: number
  withoutThird: number
  days: number | null
  daysBefore: number | null
}

/** As of the last day that was measured; beside it the earliest of four weeks. */
async function readWaits(tx: Tx, organizationId: string, { until }: Days, language: Language) {
  const { rows } = await sql<WaitRow>`
    with last as (select max(day) as day from scheduling.access_day where organization_id = ${organizationId} and day <= ${until}::date)
    select v.name as visit_name, a.specialty, l.name as place, a.clinicians, a.without_third, a.median_days as days,
      (select b.median_days from scheduling.access_day b
        where b.organization_id = a.organization_id and b.visit_type_id = a.visit_type_id and b.specialty = a.specialty
          and b.location_id = a.location_id and b.day >= a.day - 28 and b.day < a.day order by b.day limit 1) as days_before
    from last join scheduling.access_day a on a.organization_id = ${organizationId} and a.day = last.day
    join scheduling.visit_type v on v.organization_id = a.organization_id and v.id = a.visit_type_id
    join directory.location l on l.organization_id = a.organization_id and l.id = a.location_id
    order by a.median_days desc nulls first, l.name, a.specialty, v.position, v.id limit ${sql.lit(mostWaits)}`.execute(
    tx,
  )
  return rows.map(({ visitName, specialty, ...row }) => ({
    ...row,
    visitType: spoken(visitName, language) ?? '',
    specialty: specialtyView(specialty, language).name,
  }))
}
