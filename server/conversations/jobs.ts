/** What conversations does when an earlier slice announced something. */
import { sql } from 'kysely'
import { system } from '../platform/actor.ts'
import type { Context } from '../platform/context.ts'
import { within } from '../platform/db.ts'
import type { Plan } from '../platform/jobs.ts'
import { DeliveryFault, localMail, localTexts, smtpMail, type Kept, type Texts } from '../partners/index.ts'
import { planAccountMessage, planCodeMessage, planReferralMessage, planVisitMessages } from './plan.ts'
import { sendMessage, type Carriers } from './send.ts'
import './tables.ts'

/** Until a text provider is set up, production sends none, and says so on the message. */
const noTexts: Texts = {
  async send() {
    throw new DeliveryFault({ temporary: false, uncertain: false, cause: 'no text provider is set up' })
  },
}

const open = new WeakMap<Context, Carriers>()

/**
 * The carriers of this process: SMTP when it is configured, else the built-in twins that keep everything here. A practice
 * copy has the twins, whatever is configured.
 */
function carriersOf(context: Context): Carriers {
  let carriers = open.get(context)
  if (!carriers) {
    const keep = (message: Kept) => keepHere(context, message)
    const { smtpUrl } = context.practice ? {} : context.config
    carriers = {
      mail: smtpUrl ? smtpMail({ url: smtpUrl }) : localMail(keep),
      texts: context.config.production ? noTexts : localTexts(keep),
    }
    open.set(context, carriers)
  }
  return carriers
}

/** The same message kept twice, by whichever process, is there once. */
async function keepHere({ db }: Context, { organizationId, ...message }: Kept) {
  await within(db, system(organizationId, 'mailbox'), (tx) =>
    tx
      .insertInto('conversations.localMailbox')
      .values({ organizationId, ...message, storedAt: sql`clock_timestamp()` })
      .onConflict((same) => same.constraint('stored_once').doNothing())
      .execute(),
  )
}

export const conversationsPlan: Plan = {
  listeners: [planVisitMessages, planCodeMessage, planAccountMessage, planReferralMessage, sendMessage(carriersOf)],
  chores: [],
}
