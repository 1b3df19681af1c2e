/** A visit that is booked answers a referral: by its link in the booking itself, at the desk as soon as it is heard of. */
import { sql } from 'kysely'
import { system, type Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import type { Listener } from '../../platform/events.ts'
import type { Booker } from '../booking/booker.ts'
import { isOfReferral, notOfReferral, openReferral } from './open-link.ts'
import type { ReferralLink } from './link.ts'

interface Wish {
  offeringId: string
  startsAt: string
}

/** The booker who holds a referral's link: books one visit of those that it allows, once. */
export function answersReferral({ now }: Context, booker: Booker, link: ReferralLink, wish: Wish): Booker {
  return {
    ...booker,
    async arrive(tx) {
      // Two who hold one link take turns: the second finds it used.
      await sql`select from scheduling.referral where organization_id = ${link.organizationId} and id = ${link.referralId} for update`.execute(
        tx,
      )
      await openReferral(tx, link, now())
      const { rows } = await sql`
        select from scheduling.referral r
        join scheduling.offering o on o.organization_id = r.organization_id and o.id = ${wish.offeringId}
        join directory.location l on l.organization_id = o.organization_id and l.id = o.location_id
        where r.organization_id = ${link.organizationId} and r.id = ${link.referralId} and ${isOfReferral}
          and (${wish.startsAt}::timestamptz at time zone l.zone)::date between r.valid_from and r.valid_until`.execute(
        tx,
      )
      if (rows.length === 0) throw notOfReferral()
    },
    settle: (tx, appointmentId) =>
      answer(tx, booker.actor, { id: link.referralId, patientId: link.patientId, appointmentId, now: now() }),
  }
}

interface Answer {
  id: string
  patientId: string
  appointmentId: string
  now: Temporal.Instant
}

async function answer(tx: Tx, actor: Actor, { id, patientId, appointmentId, now }: Answer) {
  await tx
    .updateTable('scheduling.referral')
    .set({ appointmentId, scheduledAt: now })
    .where('organizationId', '=', actor.organizationId)
    .where('id', '=', id)
    .execute()
  await audit(tx, actor, {
    action: 'update',
    resourceType: 'ServiceRequest',
    resourceId: id,
    patientId,
    fields: ['status'],
  })
}

/** A visit that was booked another way answers the oldest referral that it fits; one that is cancelled leaves it open again. */
export const followVisits: Listener = {
  queue: 'scheduling.follow-visits',
  hears: ['appointment.booked', 'appointment.cancelled'],
  async work(context, fact) {
    if (fact.event !== 'appointment.booked' && fact.event !== 'appointment.cancelled') return
    const { organizationId, appointmentId } = fact
    const actor = system(organizationId, 'referrals')
    await within(context.db, actor, (tx) => follow(tx, actor, appointmentId, context.now()))
  },
}

/** What is true now counts, whatever was heard, and how often. */
async function follow(tx: Tx, actor: Actor, appointmentId: string, now: Temporal.Instant) {
  const { organizationId } = actor
  const visit = await tx
    .selectFrom('scheduling.appointment')
    .where('organizationId', '=', organizationId)
    .where('id', '=', appointmentId)
    .select(['status', 'patientId'])
    .executeTakeFirst()
  if (visit?.status === 'cancelled') return reopen(tx, actor, appointmentId)
  if (!visit) return
  const { rows } = await sql<{ id: string }>`
    select r.id from scheduling.appointment a
    join scheduling.offering o on o.organization_id = a.organization_id and o.id = a.offering_id
    join directory.location l on l.organization_id = a.organization_id and l.id = a.location_id
    join scheduling.referral r on r.organization_id = a.organization_id and r.patient_id = any(people.record_ids(a.organization_id, a.patient_id))
    where a.organization_id = ${organizationId} and a.id = ${appointmentId} and r.closed_at is null and r.appointment_id is null
      and a.booked_at >= r.made_at and ${isOfReferral}
      and (a.starts_at at time zone l.zone)::date between r.valid_from and r.valid_until
      and not exists (select from scheduling.referral other where other.organization_id = a.organization_id and other.appointment_id = a.id)
    order by r.made_at, r.id limit 1 for update of r`.execute(tx)
  const [open] = rows
  if (open) await answer(tx, actor, { id: open.id, patientId: visit.patientId, appointmentId, now })
}

async function reopen(tx: Tx, actor: Actor, appointmentId: string) {
  const freed = await tx
    .updateTable('scheduling.referral')
    .set({ appointmentId: null, scheduledAt: null })
    .where('organizationId', '=', actor.organizationId)
    .where('appointmentId', '=', appointmentId)
    .returning(['id', 'patientId'])
    .execute()
  for (const { id, patientId } of freed)
    await audit(tx, actor, {
      action: 'update',
      resourceType: 'ServiceRequest',
      resourceId: id,
      patientId,
      fields: ['status'],
    })
}
