/** Keeps a visit that is moved by itself as far from its neighbours in a plan as the plan says. */
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db.ts'
import { visibleAppointments, type AppointmentRow } from '../access.ts'
import type { OfferingFacts } from '../booking/offering.ts'
import { toMinute } from '../openings/minutes.ts'
import { gapOf, refuseBrokenGaps } from './broken-plan.ts'
import { slotAt } from './open-slots.ts'
import type { Slot } from './slots.ts'
import '../tables.ts'

/**
 * Refuses `gap_broken`: then the whole plan is to be moved (`move-together.ts`). Visits with no gap between them, and those
 * that this actor does not see, are not asked. In the turns of the move; a neighbour's own move asks the same.
 */
export async function refuseBrokenLink(
  tx: Tx,
  actor: Actor,
  { id, startsAt }: AppointmentRow,
  { offering, startMinute }: { offering: OfferingFacts; startMinute: number },
) {
  if (toMinute(startsAt) === startMinute) return
  const plans = await tx
    .selectFrom('scheduling.groupVisit')
    .where('organizationId', '=', actor.organizationId)
    .where('appointmentId', '=', id)
    .where('kind', '<>', 'family')
    .select('groupId')
    .execute()
  for (const { groupId } of plans) {
    const members = await standingIn(tx, actor, groupId)
    const slots = members.map((one): Slot => {
      if (one.id === id) return slotAt(offering, startMinute)
      const start = toMinute(one.startsAt)
      const minutes = toMinute(one.endsAt) - start
      return slotAt({ id: one.offeringId, practitionerId: one.practitionerId, minutes, zone: one.zone }, start)
    })
    for (const [at, one] of members.entries()) {
      const before = slots[at - 1]
      const slot = slots[at]
      const gap = gapOf(one)
      const touches = one.id === id || members[at - 1]?.id === id
      if (gap && before && slot && touches) refuseBrokenGaps([before, slot], [null, gap])
    }
  }
}

const standingIn = (tx: Tx, actor: Actor, groupId: string) =>
  visibleAppointments(tx, actor)
    .innerJoin('scheduling.groupVisit as g', (on) =>
      on.onRef('g.organizationId', '=', 'a.organizationId').onRef('g.appointmentId', '=', 'a.id'),
    )
    .innerJoin('directory.location as l', (on) =>
      on.onRef('l.organizationId', '=', 'a.organizationId').onRef('l.id', '=', 'a.locationId'),
    )
    .where('g.groupId', '=', groupId)
    .where('a.status', '=', 'booked')
    .orderBy('g.position')
    .select(['a.id', 'a.offeringId', 'a.practitionerId', 'a.startsAt', 'a.endsAt', 'l.zone'])
    .select(['g.gapUnit', 'g.gapMin', 'g.gapMax'])
    .execute()
