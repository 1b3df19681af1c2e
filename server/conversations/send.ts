/**
 * Sends one planned message. What was true when it was planned is looked at again: a message about a visit that has
 * changed since is not sent, and none passes but by the gate. Its id is the carrier's key: a second try is recognised.
 */
import { system } from '../platform/actor.ts'
import { audit } from '../platform/audit.ts'
import type { Context } from '../platform/context.ts'
import { within, type Tx } from '../platform/db.ts'
import type { Listener } from '../platform/events.ts'
import { DeliveryFault, letOut, readAddress, type Clearance, type Mail, type Texts } from '../partners/index.ts'
import { composeReferral } from './compose-referral.ts'
import { composeAccount, composeCode, composeVisits, type Outgoing } from './compose.ts'
import './tables.ts'

export interface Carriers {
  mail: Mail
  texts: Texts
}

export const sendMessage = (carriersOf: (context: Context) => Carriers): Listener => ({
  queue: 'conversations.send-message',
  hears: ['message.planned'],
  async work(context, fact) {
    if (fact.event !== 'message.planned') return
    const { organizationId, messageId } = fact
    const passed = await within(context.db, system(organizationId, 'messages'), (tx) =>
      takeUp(context, tx, organizationId, messageId),
    )
    if (!passed) return
    const outcome = await hand(context, carriersOf(context), { organizationId, messageId, ...passed })
    await settle(context, organizationId, messageId, outcome)
    if (outcome.retry) throw outcome.retry
  },
})

interface Passed {
  clearance: Clearance
  message: Outgoing
}

/** Marks the message as being sent and writes it; undefined when it was sent before, is not true any more, or may not leave. */
async function takeUp(
  context: Context,
  tx: Tx,
  organizationId: string,
  messageId: string,
): Promise<Passed | undefined> {
  const message = await tx
    .updateTable('conversations.message')
    .set((row) => ({ status: 'sending', tries: row('tries', '+', 1) }))
    .where('organizationId', '=', organizationId)
    .where('id', '=', messageId)
    .where('status', 'in', ['planned', 'sending'])
    .returningAll()
    .executeTakeFirst()
  if (!message) return undefined
  const planned = [message, ...(await carriedBy(tx, organizationId, messageId))]
  const composed = await compose(context, tx, planned)
  if (!composed) {
    await mark(tx, organizationId, messageId, { status: 'superseded', cause: null })
    return undefined
  }
  const isOver = ({ appointmentId }: Row) => appointmentId !== null && composed.leftOut?.includes(appointmentId)
  const about = planned.filter((row) => !isOver(row))
  for (const { id } of planned.filter((row) => isOver(row) && row.id !== messageId)) await letGo(tx, organizationId, id)
  const actor = system(organizationId, 'messages')
  for (const { id, patientId } of about)
    if (patientId)
      await audit(tx, actor, {
        action: 'execute',
        resourceType: 'Communication',
        resourceId: id,
        patientId,
        purpose: 'OPS',
      })
  const clearances = []
  for (const { id, patientId } of about)
    clearances.push(
      await letOut(tx, actor, context, {
        ...composed,
        channel: message.channel,
        patientId,
        subjectId: id,
        // Care messages to the contact that somebody gave for them need no consent (45 CFR 164.506); topics to refuse come later.
        consent: 'not_asked',
      }),
    )
  const [passed] = clearances
  if (!passed) await mark(tx, organizationId, messageId, { status: 'failed', cause: 'not let out' })
  return passed
}

/** The visit has changed: this one is carried no more, and never sent. */
const letGo = (tx: Tx, organizationId: string, id: string) =>
  tx
    .updateTable('conversations.message')
    .set({ status: 'superseded', carriedBy: null })
    .where('organizationId', '=', organizationId)
    .where('id', '=', id)
    .execute()

const carriedBy = (tx: Tx, organizationId: string, messageId: string) =>
  tx
    .selectFrom('conversations.message')
    .where('organizationId', '=', organizationId)
    .where('carriedBy', '=', messageId)
    .selectAll()
    .orderBy('id')
    .execute()

type Row = Awaited<ReturnType<typeof carriedBy>>[number]

function compose(context: Context, tx: Tx, about: readonly Row[]) {
  const [message] = about
  if (!message) throw new Error('a message is about something')
  const { organizationId, contactCodeId, personId, referralId } = message
  if (contactCodeId) return composeCode(context, tx, organizationId, contactCodeId)
  if (personId) return composeAccount(context, tx, { ...message, personId })
  if (referralId) return composeReferral(context, tx, { ...message, referralId })
  return composeVisits(context, tx, about)
}

interface Outcome {
  status: 'sent' | 'failed' | 'sending'
  cause: string | null
  retry?: Error
}

async function hand(
  { config }: Context,
  { mail, texts }: Carriers,
  handed: { organizationId: string; messageId: string } & Passed,
): Promise<Outcome> {
  const { organizationId, messageId: key, clearance, message } = handed
  try {
    if (message.channel === 'email')
      await mail.send({ clearance, organizationId, key, from: readAddress(config.mailFrom), ...message.letter })
    else await texts.send({ clearance, organizationId, key, to: message.to, body: message.body })
    return { status: 'sent', cause: clearance.carry === 'reduced' ? 'reduced' : null }
  } catch (error) {
    if (!(error instanceof DeliveryFault))
      return {
        status: 'sending',
        cause: 'our fault',
        retry: error instanceof Error ? error : new Error('not an error'),
      }
    // A confirmation said twice is better than one never said; the carrier can tell by the key.
    if (error.temporary || error.uncertain) return { status: 'sending', cause: error.cause, retry: error }
    return { status: 'failed', cause: error.cause }
  }
}

function settle(context: Context, organizationId: string, messageId: string, { status, cause }: Outcome) {
  return within(context.db, system(organizationId, 'messages'), (tx) =>
    mark(tx, organizationId, messageId, { status, cause, ...(status === 'sent' && { sentAt: context.now() }) }),
  )
}

/** What becomes of a message becomes of those that it carries. */
async function mark(
  tx: Tx,
  organizationId: string,
  messageId: string,
  change: { status: 'sent' | 'failed' | 'sending' | 'superseded'; cause: string | null; sentAt?: Temporal.Instant },
) {
  await tx
    .updateTable('conversations.message')
    .set(change)
    .where('organizationId', '=', organizationId)
    .where((of) => of.or([of('id', '=', messageId), of('carriedBy', '=', messageId)]))
    .execute()
}
