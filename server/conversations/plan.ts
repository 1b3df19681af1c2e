/** A fact about a visit becomes messages: one row an appointment version, step and channel, whatever is heard how often. */
import type { Context } from '../platform/context.ts'
import { system } from '../platform/actor.ts'
import { within, type Tx } from '../platform/db.ts'
import type { Fact, Listener } from '../platform/events.ts'
import { accountNotice } from '../people/index.ts'
import type { AccountChange } from './letters/facts.ts'
import { goesWith, inOneStep, reachable, type Step } from './one-step.ts'
import { preferredContact } from './preferred-contact.ts'
import './tables.ts'

const stepOf = {
  'appointment.booked': 'booked',
  'appointment.moved': 'moved',
  'appointment.cancelled': 'cancelled',
} as const

/** Plans what a visit's patient is told, and how: of visits that were booked or changed in one step by one message. */
export const planVisitMessages: Listener = {
  queue: 'conversations.plan-visit-messages',
  hears: ['appointment.booked', 'appointment.moved', 'appointment.cancelled'],
  async work(context, fact) {
    if (!(fact.event in stepOf)) return
    const { organizationId, appointmentId, version, event } = fact as Extract<Fact, { appointmentId: string }>
    const step = stepOf[event]
    await within(context.db, system(organizationId, 'messages'), async (tx) => {
      const changes = await inOneStep(tx, { organizationId, appointmentId, version, step })
      const reached = await reachable(tx, organizationId, changes)
      const own = reached.find((one) => one.appointmentId === appointmentId)
      if (!own) return
      const alike = reached.filter((one) => goesWith(one, own))
      const rows = alike.map(({ patientId, appointmentId: visitId, appointmentVersion, language, kind }) => ({
        organizationId,
        step,
        channel: kind === 'email' ? ('email' as const) : ('text' as const),
        patientId,
        appointmentId: visitId,
        appointmentVersion,
        language,
      }))
      const [first, ...others] = rows
      const carriedBy = first && (await planOne(context, tx, first))
      if (carriedBy && others.length > 0)
        await tx
          .insertInto('conversations.message')
          .values(others.map((row) => ({ ...row, carriedBy, plannedAt: context.now() })))
          .onConflict((said) => said.constraint('said_once').doNothing())
          .execute()
    })
  },
}

/** A one-time code is a message too. */
export const planCodeMessage: Listener = {
  queue: 'conversations.plan-code-message',
  hears: ['contact-code.made'],
  async work(context, fact) {
    if (fact.event !== 'contact-code.made') return
    const { organizationId, contactCodeId } = fact
    await within(context.db, system(organizationId, 'messages'), async (tx) => {
      const code = await tx
        .selectFrom('people.contactCode')
        .where('organizationId', '=', organizationId)
        .where('id', '=', contactCodeId)
        .select(['kind', 'language'])
        .executeTakeFirst()
      if (code)
        await planOne(context, tx, {
          organizationId,
          step: 'code',
          channel: code.kind === 'email' ? 'email' : 'text',
          contactCodeId,
          language: code.language,
        })
    })
  },
}

/** So is a change of the ways into an account: to the contact that its owner signs in with. */
export const planAccountMessage: Listener = {
  queue: 'conversations.plan-account-message',
  hears: ['account.changed'],
  async work(context, fact) {
    if (fact.event !== 'account.changed') return
    const { organizationId, personId, changeId, change } = fact
    const notice = await accountNotice(context, organizationId, personId)
    if (!notice) return
    await within(context.db, system(organizationId, 'messages'), (tx) =>
      planOne(context, tx, {
        organizationId,
        step: change,
        channel: notice.to.kind === 'email' ? 'email' : 'text',
        personId,
        accountChangeId: changeId,
        language: notice.language,
      }),
    )
  },
}

/** A referral's link goes to the patient who is to book. */
export const planReferralMessage: Listener = {
  queue: 'conversations.plan-referral-message',
  hears: ['referral.link-made'],
  async work(context, fact) {
    if (fact.event !== 'referral.link-made') return
    const { organizationId, referralId, linkNumber } = fact
    await within(context.db, system(organizationId, 'messages'), async (tx) => {
      const referral = await tx
        .selectFrom('scheduling.referral as r')
        .innerJoin('people.patient as p', (on) =>
          on.onRef('p.organizationId', '=', 'r.organizationId').onRef('p.id', '=', 'r.patientId'),
        )
        .where('r.organizationId', '=', organizationId)
        .where('r.id', '=', referralId)
        .select(['r.patientId', 'p.language'])
        .executeTakeFirst()
      const contact = referral && (await preferredContact(tx, organizationId, referral.patientId))
      if (!contact) return
      await planOne(context, tx, {
        organizationId,
        step: 'referral',
        channel: contact.kind === 'email' ? 'email' : 'text',
        patientId: referral.patientId,
        referralId,
        referralLink: linkNumber,
        language: referral.language === 'es' ? 'es' : 'en',
      })
    })
  },
}

interface Planned {
  organizationId: string
  step: Step | 'code' | 'referral' | AccountChange
  channel: 'email' | 'text'
  language: string
  patientId?: string
  appointmentId?: string
  appointmentVersion?: number
  contactCodeId?: string
  personId?: string
  accountChangeId?: string
  referralId?: string
  referralLink?: number
}

/** The row and the job to send it, together; heard again, neither. Gives the id of a row that is new. */
async function planOne({ announce, now }: Context, tx: Tx, planned: Planned) {
  const row = await tx
    .insertInto('conversations.message')
    .values({ ...planned, plannedAt: now() })
    .onConflict((said) => said.constraint('said_once').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (row) await announce(tx, 'message.planned', { organizationId: planned.organizationId, messageId: row.id })
  return row?.id
}
