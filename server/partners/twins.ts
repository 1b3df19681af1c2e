/** Mail and texts without a provider: everything 'sent' is given to a sink, once a key, so that people can read it. */
import type { Receipt } from './delivery.ts'
import { messageIdOf, type Mail } from './mail.ts'
import type { Texts } from './texts.ts'

/** One message as the local mailbox keeps it. */
export interface Kept {
  organizationId: string
  key: string
  channel: 'email' | 'text'
  recipient: string
  subject: string | null
  text: string
  html: string | null
  calendar: string | null
}
export type Sink = (message: Kept) => Promise<void>

/** How many keys a twin remembers; the oldest are forgotten first. */
const remembered = 10_000

/** Mail that stays here. The same key is stored once; a failing sink fails the letter, which may be sent again. */
export function localMail(sink: Sink): Mail {
  const once = keeper(sink)
  return {
    send: (letter) =>
      once(messageIdOf(letter), {
        organizationId: letter.organizationId,
        key: letter.key,
        channel: 'email',
        recipient: letter.to,
        subject: letter.subject,
        text: letter.text,
        html: letter.html,
        calendar: letter.calendar?.content ?? null,
      }),
    close: () => undefined,
  }
}

/** Texts that stay here; as localMail. */
export function localTexts(sink: Sink): Texts {
  const once = keeper(sink)
  return {
    send: ({ organizationId, key, to, body }) =>
      once(`local-${organizationId}-${key}`, {
        organizationId,
        key,
        channel: 'text',
        recipient: to,
        subject: null,
        text: body,
        html: null,
        calendar: null,
      }),
  }
}

function keeper(sink: Sink) {
  const known = new Map<string, Promise<Receipt>>()
  return function once(id: string, message: Kept): Promise<Receipt> {
    const before = known.get(id)
    if (before) return before
    const now = sink(message).then(() => ({ id, answer: 'kept here' }))
    known.set(id, now)
    now.catch(() => known.delete(id))
    const oldest = known.keys().next().value
    if (known.size > remembered && oldest !== undefined) known.delete(oldest)
    return now
  }
}
