/** What conversations can be asked: how each message about a visit fared, and the development mailbox. */
import { Type, type Static } from 'typebox'
import { endpoint, Id, Moment, object } from '../platform/endpoint.ts'
import { PatientSummary } from '../people/contract.ts'

const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Channel = Type.Enum(['email', 'text'])

export const listVisitMessages = endpoint('GET /api/conversations/visits/:id/messages', 'message.trace', {
  summary: 'What was said to the patient about a visit, on which channel, and how each message fared.',
  path: object({ id: Id }),
  reply: object({
    messages: Type.Array(
      object({
        id: Id,
        step: Type.String(),
        channel: Channel,
        language: Type.String(),
        status: Type.Enum(['planned', 'sending', 'sent', 'failed', 'unknown', 'superseded']),
        /** Why it did not go out, in a word of the carrier's kind, never with an address. */
        cause: orNull(Type.String()),
        tries: Type.Integer(),
        plannedAt: Moment,
        sentAt: orNull(Moment),
      }),
    ),
  }),
})

export const listUnreached = endpoint('GET /api/conversations/unreached', 'call-back.work', {
  summary: 'Coming visits whose patients no message has reached, the soonest first: somebody calls them.',
  reply: object({
    visits: Type.Array(
      object({ appointmentId: Id, startsAt: Moment, patient: PatientSummary, cause: orNull(Type.String()) }),
    ),
  }),
})

export type MailboxMessage = Static<typeof MailboxMessage>
export const MailboxMessage = object({
  id: Id,
  channel: Channel,
  recipient: Type.String(),
  subject: orNull(Type.String()),
  text: Type.String(),
  html: orNull(Type.String()),
  calendar: orNull(Type.String()),
  storedAt: Moment,
})

export const readMailbox = endpoint('GET /api/conversations/dev/mailbox', 'mailbox.read', {
  summary: 'Every message that the built-in mail and text twins kept. Development only; production does not have it.',
  reply: object({ messages: Type.Array(MailboxMessage) }),
})
