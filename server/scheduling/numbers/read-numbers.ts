/** The public figure: of what find care showed in 30 days, how much could not be booked though nobody took it. */
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { readOrganization } from '../../people/index.ts'
import { askedAfterSeconds } from './ask-again.ts'
import type { HonestNumbers } from './contract.ts'
import { probedView } from './rates.ts'
import './tables.ts'

const daysShown = 30

/** The days that are counted: today and those before it, of the clinic's own zone. */
export interface Days {
  from: Temporal.PlainDate
  until: Temporal.PlainDate
}

export async function daysCounted(tx: Tx, organizationId: string, now: Temporal.Instant): Promise<Days> {
  const { zone } = await readOrganization(tx, organizationId)
  const until = now.toZonedDateTimeISO(zone).toPlainDate()
  return { from: until.subtract({ days: daysShown - 1 }), until }
}

export const readHonestNumbers = ({ db, now }: Context, actor: Actor): Promise<HonestNumbers> =>
  within(db, actor, async (tx) =>
    numbersOf(tx, actor.organizationId, await daysCounted(tx, actor.organizationId, now())),
  )

/** Of these days together. */
export async function numbersOf(tx: Tx, organizationId: string, days: Days): Promise<HonestNumbers> {
  const byDay = await probedByDay(tx, organizationId, days)
  const sum = (of: 'asked' | 'taken' | 'phantoms') => byDay.reduce((all, day) => all + day[of], 0)
  return {
    from: days.from.toString(),
    until: days.until.toString(),
    measuredSince: byDay[0]?.day.toString() ?? null,
    afterSeconds: askedAfterSeconds,
    probed: probedView({ asked: sum('asked'), taken: sum('taken'), phantoms: sum('phantoms') }),
  }
}

interface DayCounts {
  day: Temporal.PlainDate
  asked: number
  taken: number
  phantoms: number
}

/** A line a day on which anything was asked, in order. */
export async function probedByDay(tx: Tx, organizationId: string, { from, until }: Days): Promise<DayCounts[]> {
  const { rows } = await sql<DayCounts>`
    select day, sum(many)::int as asked, coalesce(sum(many) filter (where outcome = 'taken'), 0)::int as taken,
      coalesce(sum(many) filter (where outcome = 'phantom'), 0)::int as phantoms
    from scheduling.probe_tally
    where organization_id = ${organizationId} and day >= ${from}::date and day <= ${until}::date
    group by day order by day`.execute(tx)
  return rows
}
