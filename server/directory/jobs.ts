/** What directory does by the clock: listings that nobody checked for 90 days are flagged. */
import { system } from '../platform/actor.ts'
import { within } from '../platform/db.ts'
import type { Chore } from '../platform/events.ts'
import type { Plan } from '../platform/jobs.ts'
import { listOrganizations } from '../people/index.ts'
import { flagStale } from './upkeep/flag-stale.ts'

const sweepListings: Chore = {
  task: 'directory.sweep-listings',
  everySeconds: 6 * 3600,
  async run({ db, now }) {
    for (const { id } of await listOrganizations(db.worker))
      await within(db, system(id, 'listings'), (tx) => flagStale(tx, id, now()))
  },
}

export const directoryPlan: Plan = { listeners: [], chores: [sweepListings] }
