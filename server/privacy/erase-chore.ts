/** Lets records go by the clock, for an organization whose rule it is: off unless ATTEND_ERASE_AFTER_RETENTION is on. */
import { system } from '../platform/actor.ts'
import type { Chore } from '../platform/events.ts'
import type { Forgetter } from '../platform/forget.ts'
import { listOrganizations } from '../people/index.ts'
import { eraseRecord } from './erase-record.ts'
import { listRetention } from './list-retention.ts'

export const eraseChore = (forgetters: readonly Forgetter[]): Chore => ({
  task: 'privacy.erase-over',
  everySeconds: 24 * 3600,
  async run(context) {
    if (!context.config.eraseAfterRetention) return
    for (const { id: organizationId } of await listOrganizations(context.db.worker))
      for (const { patientId, held } of await listRetention(context, system(organizationId, 'retention')))
        if (!held) await eraseRecord(context, forgetters, { organizationId, patientId, by: ['retention-rule'] })
  },
})
