/** Rebuilds the index for many clinicians and some dates in few statements: what a rule about a thousand of them does. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { refillListings } from '../care/listing-starts.ts'
import { takeTurns } from '../resources/turns.ts'
import { computeOpenings } from './calendar.ts'

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
  const wanted = rows
    .filter(({ day }) => dates.has(day))
    .map(({ starts, ...row }) => ({ ...row, starts: `{${starts.join(',')}}` }))
  await sql`
    merge into scheduling.opening p
    using json_to_recordset(${JSON.stringify(wanted)}::json)
      as w(practitioner_id uuid, offering_id uuid, day date, part smallint, starts int[])
    on p.organization_id = ${organizationId} and p.practitioner_id = w.practitioner_id and p.day = w.day
      and p.offering_id = w.offering_id and p.part = w.part
    when matched and p.starts <> w.starts then update set starts = w.starts, first_start = w.starts[1]
    when not matched then insert (organization_id, practitioner_id, day, offering_id, part, first_start, starts)
      values (${organizationId}, w.practitioner_id, w.day, w.offering_id, w.part, w.starts[1], w.starts)
    when not matched by source and p.organization_id = ${organizationId} and p.practitioner_id = any (${`{${whose.join(',')}}`}::uuid[])
      and p.day = any (${`{${[...dates].join(',')}}`}::date[]) then delete`.execute(tx)
  await refillListings(tx, organizationId, whose, now)
}
