/** Reads what the rules look at: those in force for some clinicians, and the clinicians' other visits. */
import { sql } from 'kysely'
import { send, type Tx } from '../../platform/db.ts'
import { statement } from '../../platform/statement.ts'
import { toMinute } from '../openings/minutes.ts'
import { hasReferral } from '../referrals/has-referral.ts'
import type { Rule } from './in-force.ts'
import type { Taken } from './judge.ts'
import './tables.ts'

/** All that may be about one of these clinicians. */
export async function readRulesInForce(tx: Tx, organizationId: string, whose: readonly string[]): Promise<Rule[]> {
  const rows = await tx
    .selectFrom('scheduling.ruleInForce')
    .where('organizationId', '=', organizationId)
    .where((is) =>
      is.or([is('practitionerId', 'is', null), ...(whose.length > 0 ? [is('practitionerId', 'in', [...whose])] : [])]),
    )
    .select(['ruleId', 'version', 'kind', 'subject', 'standing', 'settings', 'fromDay', 'untilDay'])
    .select(['locationId', 'practitionerId', 'visitTypeId'])
    .execute()
  return rows.map(({ fromDay, untilDay, ...row }) => ({
    ...row,
    fromDay: fromDay.toString(),
    untilDay: untilDay?.toString() ?? null,
  }))
}

interface Span {
  from: Temporal.Instant
  until: Temporal.Instant
}

interface TakenRow {
  practitionerId: string
  visitTypeId: string
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  isNew: boolean
}

/** The visits and holds of clinicians, by clinician; but for one of them. */
export async function readVisits(
  tx: Tx,
  whose: readonly string[],
  { from, until }: Span,
  but?: string,
): Promise<Map<string, Taken[]>> {
  const rows = await send(tx, readTaken, {
    whose: `{${whose.join(',')}}`,
    from: from.toString(),
    until: until.toString(),
    but: but ?? null,
  })
  const visits = new Map<string, Taken[]>()
  for (const { practitionerId, visitTypeId, startsAt, endsAt, isNew } of rows) {
    const taken = { start: toMinute(startsAt), end: toMinute(endsAt), visitTypeId, isNew }
    const known = visits.get(practitionerId)
    if (known) known.push(taken)
    else visits.set(practitionerId, [taken])
  }
  return visits
}

const readTaken = statement<{ whose: string; from: string; until: string; but: string | null }, TakenRow>`
  select practitioner_id, visit_type_id, starts_at, ends_at, is_new
  from scheduling.visits_of(${'whose'}::uuid[], ${'from'}::timestamptz, ${'until'}::timestamptz, ${'but'}::uuid)`

interface Standing {
  isFirst: boolean
  state: string | null
  referral: boolean
  authorization: boolean
}

/** What the clinic knows of a patient that rules look at, for a kind of visit on a day. */
export async function readStanding(
  tx: Tx,
  organizationId: string,
  asked: { patientId: string; visitTypeId: string; day: string; startsAt: Temporal.Instant; appointmentId?: string },
): Promise<Standing> {
  const { patientId, visitTypeId, day, startsAt, appointmentId } = asked
  const { rows } = await sql<Omit<Standing, 'referral'>>`
    select scheduling.home_state_of(${patientId}::uuid) as state,
      scheduling.is_first_visit(${patientId}::uuid, ${startsAt}::timestamptz) as is_first,
      exists (select from scheduling.visit_authorization c
        where c.organization_id = ${organizationId}::uuid
          and c.patient_id = any(people.record_ids(${organizationId}::uuid, ${patientId}::uuid)) and c.visit_type_id = ${visitTypeId}::uuid
          and c.from_day <= ${day}::date and (c.until_day is null or c.until_day >= ${day}::date)) as authorization`.execute(
    tx,
  )
  const on = Temporal.PlainDate.from(day)
  const referral = await hasReferral(tx, organizationId, {
    patientId,
    visitTypeId,
    on,
    ...(appointmentId && { appointmentId }),
  })
  return { ...(rows[0] ?? { state: null, isFirst: true, authorization: false }), referral }
}
