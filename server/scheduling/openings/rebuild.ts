/** Rebuilds the index for many clinicians and some dates in few statements: what a rule about a thousand of them does. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { refillListings } from '../care/listing-starts.ts'
import { takeTurns } from '../resources/turns.ts'
import { computeOpenings, selectRows } from './calendar.ts'

interface Whom {
  organizationId: string
  whose: readonly string[]
}

/** Takes the clinicians' turns. Rows that are right already are not touched; other dates are left as they are. */
export async function rebuild(tx: Tx, whom: Whom, dates: ReadonlySet<string>, now: Temporal.Instant) {
  const { organizationId, whose } = whom
  const [first, last] = [[...dates].sort()[0], [...dates].sort().at(-1)]
  if (first === undefined || last === undefined || whose.length === 0) return
  await takeTurns(tx, organizationId, { practitionerIds: whose })
  const firstDay = Temporal.PlainDate.from(first)
  const span = { firstDay, days: firstDay.until(last).days + 1 }
  const rows = await computeOpenings(tx, whom, span, now)
  await sql`
    with w as materialized (
      ${selectRows(rows.filter(({ day }) => dates.has(day)))}
    ), gone as (
      delete from scheduling.opening p
      where p.organization_id = ${organizationId} and p.practitioner_id = any (${`{${whose.join(',')}}`}::uuid[])
        and p.day = any (${`{${[...dates].join(',')}}`}::date[])
        and not exists (
          select from w
          where (w.practitioner_id, w.day, w.offering_id, w.part) = (p.practitioner_id, p.day, p.offering_id, p.part)
        )
    )
    insert into scheduling.opening (organization_id, practitioner_id, day, offering_id, part, first_start, starts)
    select ${organizationId}, w.practitioner_id, w.day, w.offering_id, w.part, w.starts[1], w.starts from w
    where not exists (
      select from scheduling.opening p
      where p.organization_id = ${organizationId} and p.starts = w.starts
        and (p.practitioner_id, p.day, p.offering_id, p.part) = (w.practitioner_id, w.day, w.offering_id, w.part)
    )
    on conflict (organization_id, practitioner_id, day, offering_id, part)
      do update set starts = excluded.starts, first_start = excluded.first_start`.execute(tx)
  await refillListings(tx, organizationId, whose, now)
}
