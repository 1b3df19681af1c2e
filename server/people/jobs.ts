/** What people does by the clock: codes, tries, sessions and keys that are over are forgotten, and with them who asked for them. */
import { system } from '../platform/actor.ts'
import type { Context } from '../platform/context.ts'
import { within, withinSignIn } from '../platform/db.ts'
import type { Chore } from '../platform/events.ts'
import { forgetKeys } from '../platform/once.ts'
import type { Plan } from '../platform/jobs.ts'
import { listOrganizations } from './organization.ts'
import { resealChore } from './sign-in/reseal.ts'
import { sealWordsChore } from './sealed.ts'
import './tables.ts'

export { peopleForgetter } from './forget-patient.ts'

/** Longer than the caps of sending look back. */
const keptHours = 24

/** An answer that got lost is asked for again within minutes; a program that was down, within days. */
const keysKeptDays = 7
/** Long enough for somebody who asks where they were signed in; the trail says it for ever. */
const sessionsKeptDays = 30

const forgetCodes: Chore = { task: 'people.forget-codes', everySeconds: 60, run: forgetOver }

const forgetSessions: Chore = { task: 'people.forget-sessions', everySeconds: 3600, run: forgetLongOver }

export const peoplePlan: Plan = { listeners: [], chores: [forgetCodes, forgetSessions, sealWordsChore, resealChore] }

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

async function forgetLongOver({ db, now }: Context) {
  const since = now().subtract({ hours: 24 * sessionsKeptDays })
  for (const { id } of await listOrganizations(db.worker)) {
    await withinSignIn(db, id, (tx) =>
      tx
        .deleteFrom('people.session')
        .where('organizationId', '=', id)
        .where((row) => row.or([row('endedAt', '<', since), row('expiresAt', '<', since)]))
        .execute(),
    )
    await within(db, system(id, 'forget-sessions'), async (tx) => {
      await tx.deleteFrom('people.invitation').where('organizationId', '=', id).where('expiresAt', '<', since).execute()
      await forgetKeys(tx, id, now().subtract({ hours: 24 * keysKeptDays }))
    })
  }
}
