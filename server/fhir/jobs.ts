/** What this slice does by the clock, and when a visit was booked, moved or cancelled. */
import type { Plan } from '../platform/jobs.ts'
import { listOrganizations } from '../people/index.ts'
import { publishOpenings } from './scheduling-links/publish.ts'
import { publishedEvery } from './scheduling-links/routes.ts'
import { webhookEvents } from './webhooks/contract.ts'
import { noteFact, sendDue } from './webhooks/deliver.ts'
import { forgetOver } from './smart/end-grants.ts'

export const fhirPlan: Plan = {
  listeners: [{ queue: 'fhir.webhooks', hears: webhookEvents, work: noteFact }],
  chores: [
    { task: 'fhir.send-webhooks', everySeconds: 1, run: sendDue },
    {
      task: 'fhir.forget',
      everySeconds: 600,
      async run(context) {
        for (const { id } of await listOrganizations(context.db.worker)) await forgetOver(context, id)
      },
    },
    {
      task: 'fhir.publish-openings',
      everySeconds: publishedEvery,
      async run(context) {
        for (const { id } of await listOrganizations(context.db.worker)) await publishOpenings(context, id)
      },
    },
  ],
}
