/** Finds a new time for each displaced visit, a few at a time: a stop half way loses nothing, it goes on from there. */
import { sql } from 'kysely'
import { system } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import type { Listener } from '../../platform/events.ts'
import { refusedBecause } from '../booking/rules.ts'
import { changed } from '../desk/live.ts'
import { toInstant, toMinute } from '../openings/minutes.ts'
import { bestTimes, spanOf, type Busy, type Time } from './best-time.ts'
import { readCandidates, readPromised, type Found } from './candidates.ts'
import type { BulkMoveFact } from './tables.ts'

const atATime = 25

export const proposeMoves: Listener = {
  queue: 'scheduling.propose-moves',
  hears: ['bulk-move.asked'],
  async work(context, fact) {
    if (fact.event !== 'bulk-move.asked') return
    while (await proposeSome(context, fact)) changed(context, fact.organizationId)
    changed(context, fact.organizationId)
  },
}

/** Gives whether some are left. Proposes only: no time is taken, so nobody's booking waits for it. */
async function proposeSome({ db, now }: Context, { organizationId, bulkMoveId }: BulkMoveFact): Promise<boolean> {
  return within(db, system(organizationId, 'bulk-move'), async (tx) => {
    const visits = await readDisplaced(tx, organizationId, { bulkMoveId, state: 'waiting' })
    if (visits.length === 0) return false
    const candidates = await readCandidates(tx, organizationId, visits, toMinute(now()))
    const promised: Busy[] = await readPromised(tx, organizationId, [
      ...new Set(candidates.map(({ practitionerId }) => practitionerId)),
    ])
    const decided = visits.map((visit) => {
      const [time] = timesFor(visit, candidates, { promised, now: now() })
      const candidate = candidates.find(({ offeringId }) => offeringId === time?.offeringId)
      if (time && candidate) promised.push(spanOf(candidate, time.start))
      return {
        appointment_id: visit.appointmentId,
        offering_id: time?.offeringId ?? null,
        starts_at: time ? toInstant(time.start).toString() : null,
      }
    })
    await sql`
      update scheduling.bulk_move_visit v
      set state = case when d.offering_id is null then 'to_call' else 'proposed' end, offering_id = d.offering_id, starts_at = d.starts_at,
        refused = case when d.offering_id is null then coalesce(v.refused, 'no_time') else v.refused end
      from json_to_recordset(${JSON.stringify(decided)}::json) as d(appointment_id uuid, offering_id uuid, starts_at timestamptz)
      where v.organization_id = ${organizationId} and v.bulk_move_id = ${bulkMoveId} and v.appointment_id = d.appointment_id
        and v.state = 'waiting'`.execute(tx)
    return true
  })
}

export interface DisplacedVisit {
  appointmentId: string
  practitionerId: string
  locationId: string
  visitTypeId: string
  mode: 'in_person' | 'video'
  newPatient: boolean
  bornOn: Temporal.PlainDate | null
  start: number
  /** A time that was tried and came to nothing. */
  triedOfferingId: string | null
  triedStart: number | null
}

/** The next few of a state, or the one visit that is asked about. */
export async function readDisplaced(
  tx: Tx,
  organizationId: string,
  { bulkMoveId, state, appointmentId = null }: { bulkMoveId: string; state?: 'waiting'; appointmentId?: string | null },
): Promise<DisplacedVisit[]> {
  const { rows } = await sql<DisplacedVisit>`
    select v.appointment_id, a.practitioner_id, a.location_id, a.visit_type_id, a.mode, a.new_patient, p.born_on,
      (extract(epoch from v.was_starts_at) / 60)::int as start, v.offering_id as tried_offering_id,
      (extract(epoch from v.starts_at) / 60)::int as tried_start
    from scheduling.bulk_move_visit v
    join scheduling.appointment a on a.organization_id = v.organization_id and a.id = v.appointment_id
    join people.patient p on p.organization_id = v.organization_id and p.id = v.patient_id
    where v.organization_id = ${organizationId} and v.bulk_move_id = ${bulkMoveId}
      and (${state ?? null}::text is null or v.state = ${state ?? null}) and (${appointmentId}::uuid is null or v.appointment_id = ${appointmentId}::uuid)
    order by v.was_starts_at, v.appointment_id limit ${atATime} for update of v skip locked`.execute(tx)
  return rows
}

/** The best times of those that the rules allow for this patient. */
export function timesFor(
  visit: DisplacedVisit,
  candidates: readonly Found[],
  { promised, now, most = 1 }: { promised: readonly Busy[]; now: Temporal.Instant; most?: number },
): Time[] {
  const suited = candidates.flatMap((candidate) => {
    if (candidate.visitTypeId !== visit.visitTypeId || candidate.mode !== visit.mode) return []
    if (candidate.practitionerId !== visit.practitionerId && candidate.locationId !== visit.locationId) return []
    const starts = candidate.starts.filter(
      (start) => !(candidate.offeringId === visit.triedOfferingId && start === visit.triedStart),
    )
    const isAllowed = (start: number) =>
      refusedBecause(candidate, {
        startsAt: toInstant(start),
        now,
        zone: candidate.zone,
        bornOn: visit.bornOn,
        newPatient: visit.newPatient,
        byStaff: true,
      }) === undefined
    const [first] = starts
    // A rule that refuses the first start refuses them all, but for one about days or age: those are asked of each that is chosen.
    if (first === undefined || !isAllowed(first)) return []
    return [{ ...candidate, starts }]
  })
  return bestTimes(visit, suited, promised, most)
}
