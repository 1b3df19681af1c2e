/** A fact about a visit becomes messages: one row an appointment version, step and channel, whatever is heard how often. */
import type { Context } from '../platform/context.ts'
import { system } from '../platform/actor.ts'
import { within, type Tx } from '../platform/db.ts'
import type { Fact, Listener } from '../platform/events.ts'
import { accountNotice, recordIds } from '../people/index.ts'
import type { AccountChange } from './letters/facts.ts'
import './tables.ts'

type Step = 'booked' | 'moved' | 'cancelled'
const stepOf = {
  'appointment.booked': 'booked',
  'appointment.moved': 'moved',
  'appointment.cancelled': 'cancelled',
} as const

/** Plans what a visit's patient is told, and how. */
export const planVisitMessages: Listener = {
  queue: 'conversations.plan-visit-messages',
  hears: ['appointment.booked', 'appointment.moved', 'appointment.cancelled'],
  async work(context, fact) {
    if (!(fact.event in stepOf)) return
    const { organizationId, appointmentId, version, event } = fact as Extract<Fact, { appointmentId: string }>
    await within(context.db, system(organizationId, 'messages'), async (tx) => {
      const visit = await tx
        .selectFrom('scheduling.appointment')
        .where('organizationId', '=', organizationId)
        .where('id', '=', appointmentId)
        .select(['patientId', 'language', 'contactKind', 'contactValue'])
        .executeTakeFirst()
      if (!visit) return
      const kind = visit.contactKind ?? (await preferredContact(tx, organizationId, visit.patientId))?.kind
      if (!kind) return
      const message = {
        patientId: visit.patientId,
        appointmentId,
        appointmentVersion: version,
        language: visit.language,
      }
      await planOne(context, tx, {
        organizationId,
        step: stepOf[event],
        channel: kind === 'email' ? 'email' : 'text',
        ...message,
      })
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

/** The row and the job to send it, together; heard again, neither. */
async function planOne({ announce, now }: Context, tx: Tx, planned: Planned) {
  const row = await tx
    .insertInto('conversations.message')
    .values({ ...planned, plannedAt: now() })
    .onConflict((said) => said.constraint('said_once').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (row) await announce(tx, 'message.planned', { organizationId: planned.organizationId, messageId: row.id })
}

/** Where a patient is told of a visit that somebody else booked: email first, then a phone. */
export async function preferredContact(tx: Tx, organizationId: string, patientId: string) {
  return tx
    .selectFrom('people.patientContact')
    .where('organizationId', '=', organizationId)
    .where('patientId', 'in', await recordIds(tx, organizationId, patientId))
    .select(['kind', 'value'])
    .orderBy('kind')
    .orderBy('verifiedAt', (order) => order.desc().nullsLast())
    .orderBy('value')
    .limit(1)
    .executeTakeFirst()
}
