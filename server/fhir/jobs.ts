/** What this slice does by the clock. */
import type { Plan } from '../platform/jobs.ts'
import { listOrganizations } from '../people/index.ts'
import { publishOpenings } from './scheduling-links/publish.ts'
import { publishedEvery } from './scheduling-links/routes.ts'
import { forgetOver } from './smart/end-grants.ts'

export const fhirPlan: Plan = {
  listeners: [],
  chores: [
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
