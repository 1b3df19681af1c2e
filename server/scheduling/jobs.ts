/** What scheduling does by the clock: holds that ran out are given back, and the indexes move on with time. */
import { system } from '../platform/actor.ts'
import type { Context } from '../platform/context.ts'
import { within } from '../platform/db.ts'
import type { Chore, Listener } from '../platform/events.ts'
import type { Plan } from '../platform/jobs.ts'
import { listOrganizations } from '../people/index.ts'
import { indexDays, reindex } from './openings/calendar.ts'
import { freeHold } from './booking/hold.ts'
import { refillListings } from './care/listing-starts.ts'
import { relist } from './care/listing.ts'
import { followVisits } from './referrals/answer-referral.ts'
import { raiseOverdue } from './referrals/overdue.ts'
import { sealWordsChore } from './sealed.ts'
import { changed } from './desk/live.ts'
import { takeTurn } from './booking/offering.ts'
import { carryOutMoves } from './moves/carry-out.ts'
import { proposeMoves } from './moves/propose.ts'
import { numbersChores } from './numbers/jobs.ts'
import { followRules, releaseReserved } from './rules/jobs.ts'
import './tables.ts'

export { schedulingForgetter } from './forget-patient.ts'

/** Holds that ran out, of any organization, oldest first. */
const freeExpiredHolds: Chore = {
  task: 'scheduling.free-expired-holds',
  everySeconds: 2,
  async run(context) {
    const { db, now } = context
    const expired = await db.worker
      .selectFrom('scheduling.hold')
      .where('expiresAt', '<=', now())
      .orderBy('expiresAt')
      .limit(500)
      .selectAll()
      .execute()
    for (const held of expired) {
      await within(db, system(held.organizationId, 'holds'), (tx) => freeHold(tx, held, now()))
      changed(context, held.organizationId)
    }
  },
}

/** As minutes pass, the first openings of listings do too. */
const rollListings: Chore = {
  task: 'scheduling.roll-listings',
  everySeconds: 30,
  async run({ db, now }) {
    for (const { id } of await listOrganizations(db.worker))
      await within(db, system(id, 'listings'), (tx) => refillListings(tx, id, null, now()))
  },
}

/** Each night a day more comes into reach. */
const extendIndex: Chore = {
  task: 'scheduling.extend-index',
  everySeconds: 6 * 3600,
  async run(context) {
    for (const { id } of await listOrganizations(context.db.worker)) {
      // Networks begin and end by the day, and the directory changes: what is listed follows within hours.
      await within(context.db, system(id, 'listings'), (tx) => relist(tx, id))
      await extendOrganization(context, id)
    }
  },
}

async function extendOrganization({ db, now }: Context, organizationId: string) {
  const actor = system(organizationId, 'openings')
  const practitioners = await within(db, actor, (tx) =>
    tx
      .selectFrom('scheduling.offering')
      .where('organizationId', '=', organizationId)
      .where('active', '=', true)
      .select('practitionerId')
      .distinct()
      .execute(),
  )
  const today = now().toZonedDateTimeISO('UTC').toPlainDate()
  const span = { firstDay: today.add({ days: indexDays - 5 }), days: 7 }
  for (const { practitionerId } of practitioners) {
    await within(db, actor, async (tx) => {
      await takeTurn(tx, practitionerId)
      await tx
        .deleteFrom('scheduling.opening')
        .where('organizationId', '=', organizationId)
        .where('practitionerId', '=', practitionerId)
        .where('day', '<', today.subtract({ days: 1 }))
        .execute()
      await reindex(tx, { organizationId, practitionerId }, span, now())
    })
  }
}

/** A clinician nobody could reach leaves the search at once, and comes back when somebody confirmed it. */
const relistChanged: Listener = {
  queue: 'scheduling.relist-changed',
  hears: ['listing.changed'],
  async work({ db }, fact) {
    if (fact.event !== 'listing.changed') return
    const { organizationId, practitionerId } = fact
    await within(db, system(organizationId, 'listings'), (tx) => relist(tx, organizationId, practitionerId))
  },
}

export const schedulingPlan: Plan = {
  listeners: [relistChanged, proposeMoves, carryOutMoves, followRules, followVisits],
  chores: [
    freeExpiredHolds,
    rollListings,
    extendIndex,
    releaseReserved,
    sealWordsChore,
    raiseOverdue,
    ...numbersChores,
  ],
}
