/** What keeps the honest numbers: a search every few minutes, the same openings asked for again, and figures of each day. */
import type { Chore } from '../../platform/events.ts'
import { listOrganizations } from '../../people/index.ts'
import { askAgain, askedAfterSeconds } from './ask-again.ts'
import { measureAccess } from './measure-access.ts'
import { sampleShown, searchesEverySeconds } from './sample-shown.ts'

const sample: Chore = {
  task: 'scheduling.sample-shown',
  everySeconds: searchesEverySeconds,
  async run(context) {
    for (const { id } of await listOrganizations(context.db.worker)) await sampleShown(context, id)
  },
}

const ask: Chore = {
  task: 'scheduling.ask-again',
  everySeconds: askedAfterSeconds,
  async run(context) {
    await askAgain(context)
  },
}

const measure: Chore = {
  task: 'scheduling.measure-access',
  everySeconds: 6 * 3600,
  async run(context) {
    for (const organization of await listOrganizations(context.db.worker)) await measureAccess(context, organization)
  },
}

export const numbersChores: readonly Chore[] = [sample, ask, measure]
