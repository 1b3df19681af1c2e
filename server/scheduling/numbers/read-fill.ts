/** How full the hours were: booked minutes of open ones, on days that are over. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { spokenName } from '../../directory/index.ts'
import type { Board } from './contract.ts'
import { fillPercent } from './rates.ts'
import type { Days } from './read-numbers.ts'
import './tables.ts'

const mostClinicians = 100

interface Minutes {
  openMinutes: number
  bookedMinutes: number
}

interface ClinicianMinutes extends Minutes {
  id: string
  givenName: string
  familyName: string
  prefix: string | null
  credentials: string | null
}

export async function readFill(tx: Tx, organizationId: string, { from, until }: Days): Promise<Board['fill']> {
  const sums = sql`sum(f.open_minutes)::int as open_minutes, sum(f.booked_minutes)::int as booked_minutes`
  const inDays = sql`f.organization_id = ${organizationId} and f.day >= ${from}::date and f.day < ${until}::date`
  const [days, places, clinicians] = await Promise.all([
    sql<Minutes & { day: Temporal.PlainDate }>`
      select f.day, ${sums} from scheduling.fill_day f where ${inDays} group by f.day order by f.day`.execute(tx),
    sql<Minutes & { id: string; name: string }>`
      select l.id, l.name, ${sums} from scheduling.fill_day f
      join directory.location l on l.organization_id = f.organization_id and l.id = f.location_id
      where ${inDays} group by l.id, l.name order by l.name`.execute(tx),
    sql<ClinicianMinutes>`
      select p.id, p.given_name, p.family_name, p.prefix, p.credentials, ${sums} from scheduling.fill_day f
      join directory.practitioner p on p.organization_id = f.organization_id and p.id = f.practitioner_id
      where ${inDays} group by p.id, p.given_name, p.family_name, p.prefix, p.credentials
      order by sum(f.booked_minutes)::float8 / sum(f.open_minutes) desc, p.family_name, p.id limit ${sql.lit(mostClinicians)}`.execute(
      tx,
    ),
  ])
  const open = days.rows.reduce((sum, { openMinutes }) => sum + openMinutes, 0)
  const booked = days.rows.reduce((sum, { bookedMinutes }) => sum + bookedMinutes, 0)
  return {
    percent: open === 0 ? null : fillPercent(booked, open),
    days: days.rows.map((row) => ({ day: row.day.toString(), percent: percentOf(row) })),
    places: places.rows
      .map((row) => ({ id: row.id, name: row.name, percent: percentOf(row) }))
      .sort((a, b) => b.percent - a.percent),
    clinicians: clinicians.rows.map((row) => ({
      id: row.id,
      name: spokenName(row),
      percent: percentOf(row),
      openHours: Math.round(row.openMinutes / 60),
    })),
  }
}

const percentOf = ({ bookedMinutes, openMinutes }: Minutes) => fillPercent(bookedMinutes, openMinutes)
