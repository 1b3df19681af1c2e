/** A month of the desk: how many visits each day has and how full it is, of everybody or of one. Counts alone: it names nobody. */
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import type { Reply } from '../../platform/endpoint.ts'
import { readOrganization } from '../../people/index.ts'
import { at } from './block.ts'
import type { By, readMonth as contract } from './contract.ts'
import { openMinutesIn } from './fill.ts'
import { readRows } from './open-hours.ts'

interface Asked {
  day: string
  by: By
  placeId?: string
  of?: string
}

export async function readMonth(
  { db }: Context,
  actor: Actor,
  { day, by, placeId, of }: Asked,
): Promise<Reply<typeof contract>> {
  return within(db, actor, async (tx) => {
    const { zone } = await readOrganization(tx, actor.organizationId)
    const firstDay = Temporal.PlainDate.from(day).with({ day: 1 })
    const span = { firstDay, days: firstDay.daysInMonth }
    const { rows, places } = await readRows(tx, actor.organizationId, by, { ...span, ...(placeId && { placeId }) })
    const shown = of === undefined ? rows : rows.filter(({ id }) => id === of)
    const booked = await countBooked(tx, actor, { ...span, zone, by, placeId, ids: shown.map(({ id }) => id) })
    return {
      zone,
      places,
      rows: rows.map(({ id, name }) => ({ id, name })),
      days: Array.from({ length: span.days }, (_, index) => {
        const date = firstDay.add({ days: index }).toString()
        const found = booked.get(date)
        return {
          day: date,
          visits: found?.visits ?? 0,
          bookedMinutes: found?.minutes ?? 0,
          openMinutes: shown.reduce((sum, { open }) => sum + openMinutesIn(open[index] ?? []), 0),
        }
      }),
    }
  })
}

interface Counted {
  day: string
  visits: number
  minutes: number
}

interface Counting {
  firstDay: Temporal.PlainDate
  days: number
  zone: string
  by: By
  placeId: string | undefined
  ids: readonly string[]
}

/** Visits by local day of the clinic, in one statement. */
async function countBooked(tx: Tx, { organizationId }: Actor, { firstDay, days, zone, by, placeId, ids }: Counting) {
  const [from, until] = [at(firstDay, 0, zone), at(firstDay.add({ days: days - 1 }), 1440, zone)]
  const wanted = sql`any(${`{${ids.join(',')}}`}::uuid[])`
  const isIn = {
    clinician: sql`a.practitioner_id = ${wanted}`,
    place: sql`a.location_id = ${wanted}`,
    room: sql`exists (select from scheduling.taken_time t where t.organization_id = a.organization_id
      and t.appointment_id = a.id and t.resource_id = ${wanted})`,
  }
  const { rows } = await sql<Counted>`
    select (a.starts_at at time zone ${zone})::date::text as day, count(*)::int as visits,
      (sum(extract(epoch from a.ends_at - a.starts_at)) / 60)::int as minutes
    from scheduling.appointment a
    where a.organization_id = ${organizationId} and a.status = 'booked' and a.starts_at >= ${from} and a.starts_at < ${until}
      and (${placeId ?? null}::uuid is null or a.location_id = ${placeId ?? null}::uuid) and ${isIn[by]}
    group by 1`.execute(tx)
  return new Map(rows.map((row) => [row.day, row]))
}
