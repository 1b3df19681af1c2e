/** What people does by the clock: codes, steps and tries that are over are forgotten, and with them who asked for them. */
import { system } from '../platform/actor.ts'
import type { Context } from '../platform/context.ts'
import { within } from '../platform/db.ts'
import type { Chore } from '../platform/events.ts'
import type { Plan } from '../platform/jobs.ts'
import { listOrganizations } from './organization.ts'
import { resealChore } from './sign-in/reseal.ts'
import { sealWordsChore } from './sealed.ts'
import './tables.ts'

/** Longer than the caps of sending look back. */
const keptHours = 24

const forgetCodes: Chore = { task: 'people.forget-codes', everySeconds: 60, run: forgetOver }

export const peoplePlan: Plan = { listeners: [], chores: [forgetCodes, sealWordsChore, resealChore] }

async function forgetOver({ db, now }: Context) {
  for (const { id } of await listOrganizations(db.worker))
    await within(db, system(id, 'forget-codes'), async (tx) => {
      const since = now().subtract({ hours: keptHours })
      await tx
        .deleteFrom('people.contactCode')
        .where('organizationId', '=', id)
        .where('createdAt', '<', since)
        .execute()
      await tx
        .updateTable('people.contactCode')
        .set({ sealedCode: null })
        .where('organizationId', '=', id)
        .where('createdAt', '>=', since)
        .where('expiresAt', '<', now())
        .where('sealedCode', 'is not', null)
        .execute()
      await tx.deleteFrom('people.ceremony').where('organizationId', '=', id).where('expiresAt', '<', since).execute()
      await tx.deleteFrom('people.signInTry').where('organizationId', '=', id).where('at', '<', since).execute()
    })
}
