/** A referral that nobody booked for seven days becomes a task of the desk. */
import { system } from '../../platform/actor.ts'
import type { Chore } from '../../platform/events.ts'
import { within } from '../../platform/db.ts'
import { listOrganizations } from '../../people/index.ts'
import './tables.ts'

const patienceDays = 7

export const raiseOverdue: Chore = {
  task: 'scheduling.raise-overdue-referrals',
  everySeconds: 900,
  async run({ db, now }) {
    for (const { id } of await listOrganizations(db.worker))
      await within(db, system(id, 'referrals'), (tx) =>
        tx
          .updateTable('scheduling.referral')
          .set({ overdueAt: now() })
          .where('organizationId', '=', id)
          .where('appointmentId', 'is', null)
          .where('closedAt', 'is', null)
          .where('overdueAt', 'is', null)
          .where('madeAt', '<=', now().subtract({ hours: 24 * patienceDays }))
          .execute(),
      )
  },
}
