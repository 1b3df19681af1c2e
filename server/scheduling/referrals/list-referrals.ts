/** Referrals that wait for a visit, the most urgent and the oldest first; or all of one patient. */
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { auditAll } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import type { Language, Spoken } from '../../platform/endpoint.ts'
import { readOrganization, recordIds, summariesOf } from '../../people/index.ts'
import { purposeOf } from '../access.ts'
import { spoken } from '../view.ts'
import type { Referral } from './contract.ts'
import { referralReasons } from './reason.ts'
import './tables.ts'

const most = 200

interface Asked {
  patientId?: string
  language: Language
}

/** Each that is shown is read in the trail. Refuses `break_glass_needed` for one patient's. */
export async function listReferrals(
  context: Context,
  actor: Actor,
  { patientId, language }: Asked,
): Promise<Referral[]> {
  return within(context.db, actor, async (tx) => {
    const purpose = patientId === undefined ? undefined : await purposeOf(tx, actor, patientId)
    const of = patientId === undefined ? undefined : await recordIds(tx, actor.organizationId, patientId)
    const rows = await readReferrals(tx, actor, of)
    const patients = await summariesOf(
      tx,
      actor,
      rows.map((row) => row.patientId),
      purpose,
    )
    await auditAll(
      tx,
      actor,
      rows.map((row) => ({
        action: 'read' as const,
        resourceType: 'ServiceRequest',
        resourceId: row.id,
        patientId: row.patientId,
        ...(purpose && { purpose }),
      })),
    )
    const reasons = await referralReasons(context, tx, actor, rows)
    const { zone } = await readOrganization(tx, actor.organizationId)
    const today = context.now().toZonedDateTimeISO(zone).toPlainDate()
    return rows.flatMap((row, at) => {
      const patient = patients.get(row.patientId)
      if (!patient) return []
      return [{ ...viewOf(row, language), patient, reason: reasons[at] ?? null, state: stateOf(row, today, context) }]
    })
  })
}

async function readReferrals(tx: Tx, actor: Actor, of: string[] | undefined) {
  let query = tx
    .selectFrom('scheduling.referral as r')
    .leftJoin('scheduling.appointment as a', (on) =>
      on.onRef('a.organizationId', '=', 'r.organizationId').onRef('a.id', '=', 'r.appointmentId'),
    )
    .where('r.organizationId', '=', actor.organizationId)
    .selectAll('r')
    .select(['a.startsAt', 'a.endsAt'])
    .select(
      sql<
        Spoken<string>[]
      >`array(select v.name from scheduling.visit_type v where v.organization_id = r.organization_id and v.id = any (r.visit_type_ids) order by v.position)`.as(
        'visitNames',
      ),
    )
    .select(
      sql<
        string[]
      >`array(select concat_ws(' ', p.prefix, p.given_name, p.family_name) from directory.practitioner p where p.organization_id = r.organization_id and p.id = any (r.practitioner_ids) order by p.family_name)`.as(
        'clinicians',
      ),
    )
    .limit(most)
  query =
    of === undefined
      ? query
          .where('r.appointmentId', 'is', null)
          .where('r.closedAt', 'is', null)
          .orderBy((of) => of('r.overdueAt', 'is not', null), 'desc')
          .orderBy(sql`array_position(array['stat', 'asap', 'urgent', 'routine'], r.priority)`)
          .orderBy('r.madeAt')
      : query.where('r.patientId', 'in', of).orderBy('r.madeAt', 'desc')
  return query.execute()
}

type Row = Awaited<ReturnType<typeof readReferrals>>[number]

const viewOf = (row: Row, language: Language) => ({
  id: row.id,
  visitTypes: row.visitNames.map((name) => spoken(name, language) ?? ''),
  clinicians: row.clinicians,
  validFrom: row.validFrom.toString(),
  validUntil: row.validUntil.toString(),
  priority: row.priority,
  referrer: row.referrer,
  madeAt: row.madeAt.toString(),
  linkSentAt: row.linkSentAt?.toString() ?? null,
  overdueAt: row.overdueAt?.toString() ?? null,
  visitAt: row.startsAt?.toString() ?? null,
  closeReason: row.closeReason,
})

function stateOf(row: Row, today: Temporal.PlainDate, { now }: Pick<Context, 'now'>): Referral['state'] {
  if (row.endsAt) return Temporal.Instant.compare(row.endsAt, now()) <= 0 ? 'seen' : 'scheduled'
  if (row.closedAt) return 'closed'
  return Temporal.PlainDate.compare(row.validUntil, today) < 0 ? 'expired' : 'waiting'
}
