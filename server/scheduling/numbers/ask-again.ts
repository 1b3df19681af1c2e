/** Asks again whether what was shown can be had, by the code that books; and lets go of it at once. */
import { sql } from 'kysely'
import { system, type Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { newId } from '../../platform/ids.ts'
import { readToBook, type OfferingFacts } from '../booking/offering.ts'
import { refusedBecause } from '../booking/rules.ts'
import { takeAll } from '../booking/take-time.ts'
import { computeOpenings } from '../openings/calendar.ts'
import { dayOf, toInstant } from '../openings/minutes.ts'
import { closedBecause } from '../openings/why-not.ts'
import { takeTurns } from '../resources/turns.ts'
import type { Outcome } from './tables.ts'

/** So long after it was shown, an opening is asked about: about as long as somebody takes to choose. */
export const askedAfterSeconds = 5
/** What was not asked about within this is forgotten: much else may have happened to it. */
const judgedWithinSeconds = 60

interface Shown {
  offeringId: string
  startMinute: number
  wasOpen: boolean
}

interface Verdict {
  outcome: Outcome
  /** What stands in the way of a phantom. */
  cause: string
}

const open: Verdict = { outcome: 'open', cause: '' }
const taken: Verdict = { outcome: 'taken', cause: '' }
const phantom = (cause: string): Verdict => ({ outcome: 'phantom', cause })

/** Judges everything, of any organization, that was shown long enough ago. Gives how many. */
export async function askAgain(context: Context): Promise<number> {
  const { db, now } = context
  const due = await db.worker
    .deleteFrom('scheduling.shownOpening')
    .where('shownAt', '<=', now().subtract({ seconds: askedAfterSeconds }))
    .returning(['organizationId', 'offeringId', 'startMinute', 'wasOpen', 'shownAt'])
    .execute()
  const since = now().subtract({ seconds: judgedWithinSeconds })
  const inTime = due.filter(({ shownAt }) => Temporal.Instant.compare(shownAt, since) >= 0)
  for (const { organizationId, ...shown } of inTime) await judge(context, organizationId, shown)
  return inTime.length
}

async function judge(context: Context, organizationId: string, shown: Shown) {
  const { db, now } = context
  const actor = system(organizationId, 'probe')
  const { outcome, cause } = await triedOut(context, actor, shown)
  await within(db, actor, (tx) =>
    sql`
      insert into scheduling.probe_tally as t (organization_id, day, offering_id, outcome, cause, many)
      select g.id, (${now()}::timestamptz at time zone g.zone)::date, ${shown.offeringId}, ${outcome}, ${cause}, 1
      from people.organization g where g.id = ${organizationId}
      on conflict (organization_id, day, offering_id, outcome, cause) do update set many = t.many + 1`.execute(tx),
  )
}

/** Thrown to roll back: whatever was taken to find out is free again, and nobody ever saw it taken. */
class LetGo extends Error {
  override name = 'LetGo'
  readonly verdict: Verdict
  constructor(verdict: Verdict) {
    super('only tried')
    this.verdict = verdict
  }
}

async function triedOut(context: Context, actor: Actor, shown: Shown): Promise<Verdict> {
  try {
    return await within(context.db, actor, async (tx) => {
      throw new LetGo(await verdictOn(tx, actor, shown, context.now()))
    })
  } catch (error) {
    if (error instanceof LetGo) return error.verdict
    throw error
  }
}

async function verdictOn(tx: Tx, actor: Actor, shown: Shown, now: Temporal.Instant): Promise<Verdict> {
  const { organizationId } = actor
  const { offeringId, startMinute, wasOpen } = shown
  const known = await standing(tx, organizationId, offeringId)
  // Taken out of the search meanwhile, by somebody's decision; shown without being there is a phantom.
  if (!known.isOffered) return known.isListed ? phantom('left') : taken
  const before = await readToBook(tx, organizationId, offeringId, startMinute)
  const { practitionerId, locationId, needs } = before
  const wanted = needs ? [{ needs, locationId }] : []
  await takeTurns(tx, organizationId, { practitionerIds: [practitionerId], wanted })
  // In everybody's turn: from here on nothing of it changes under our eyes.
  const offering = await readToBook(tx, organizationId, offeringId, startMinute)
  if (!offering.isOpen) return wasOpen ? taken : phantom('not_in_index')
  const refusal = refusedBecause(offering, {
    startsAt: toInstant(startMinute),
    now,
    zone: offering.zone,
    bornOn: null,
    newPatient: offering.forPatients === 'new',
    byStaff: false,
  })
  if (refusal) return phantom(refusal.code)
  if (!(await isInCalendar(tx, organizationId, { offering, startMinute }, now)))
    return phantom((await closedBecause(tx, organizationId, offering, startMinute)).code)
  const got = await takeAll(tx, actor, offering, { startMinute, now, needs: needs ?? [], holdId: newId() })
  return got ? open : phantom('refused')
}

/** Whether it can be booked at all, and whether the search still lists it. */
async function standing(tx: Tx, organizationId: string, offeringId: string) {
  const { rows } = await sql<{ isOffered: boolean; isListed: boolean }>`
    select exists (
        select from scheduling.offering o
        join directory.practitioner_role r on r.organization_id = o.organization_id and r.id = o.practitioner_role_id
          and r.active and r.hidden_since is null
        join directory.practitioner p on p.organization_id = o.organization_id and p.id = o.practitioner_id and p.active
        join directory.location l on l.organization_id = o.organization_id and l.id = o.location_id and l.active
        where o.organization_id = ${organizationId} and o.id = ${offeringId} and o.active) as is_offered,
      exists (select from scheduling.listing l where l.organization_id = ${organizationId} and l.offering_id = ${offeringId}) as is_listed`.execute(
    tx,
  )
  return rows[0] ?? { isOffered: false, isListed: false }
}

/** Whether the calendar, read anew, has the opening that its index has. */
async function isInCalendar(
  tx: Tx,
  organizationId: string,
  { offering, startMinute }: { offering: OfferingFacts; startMinute: number },
  now: Temporal.Instant,
) {
  const { id, practitionerId, zone } = offering
  const span = { firstDay: dayOf(startMinute, zone).subtract({ days: 1 }), days: 3 }
  const rows = await computeOpenings(tx, { organizationId, whose: [practitionerId] }, span, now)
  return rows.some(({ offering_id: of, starts }) => of === id && starts.includes(startMinute))
}
