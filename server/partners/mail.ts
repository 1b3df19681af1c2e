/** The way out for email: one letter in, a receipt or a classified fault back; a repeated letter can be recognised. */
import { createHash } from 'node:crypto'
import { createTransport } from 'nodemailer'
import type { Receipt } from './delivery.ts'
import type { Clearance } from './gate.ts'
import { deliveryFault } from './mail-fault.ts'

export interface Address {
  name: string
  address: string
}

export interface Calendar {
  method: 'REQUEST' | 'CANCEL' | 'PUBLISH'
  /** A whole iCalendar object, RFC 5545. */
  content: string
  fileName: string
}

export interface Letter {
  /** That the gate let this content out. */
  clearance: Clearance
  organizationId: string
  /** One per message and for ever: a letter sent again carries the same Message-ID, and the local twin keeps one. */
  key: string
  /** One address, without a name. */
  to: string
  from: Address
  /** Where an answer goes when not to `from`. */
  replyTo?: string
  subject: string
  text: string
  html: string
  language: string
  calendar?: Calendar
}

export interface Mail {
  /** Resolves when the carrier has taken the letter. Throws DeliveryFault. */
  send(letter: Letter): Promise<Receipt>
  /** Lets go of idle connections; letters on their way are finished. */
  close(): void
}

export interface SmtpSettings {
  /** smtp://user:password@host:587 or smtps://…:465. Its query is not read: encryption cannot be switched off there. */
  url: string
  /** The longest silence borne from the carrier, in milliseconds. */
  patienceMs?: number
}

/** Mail through an SMTP relay (RFC 5321). Encrypted, with a checked certificate, unless the relay is this machine. */
export function smtpMail({ url, patienceMs = 30_000 }: SmtpSettings): Mail {
  const carrier = createTransport({ pool: true, ...relay(url), ...patience(patienceMs), ...narrow })
  const handedOver = new Set<string>()
  carrier.use('stream', (mail, next) => {
    mail.message.processFunc((bytes) => bytes.once('end', () => handedOver.add(mail.message.messageId())))
    next()
  })
  return {
    async send(letter) {
      const messageId = messageIdOf(letter)
      try {
        const taken = await carrier.sendMail(envelope(letter, messageId))
        return { id: messageId, answer: taken.response }
      } catch (error) {
        throw deliveryFault(error, handedOver.has(messageId))
      } finally {
        handedOver.delete(messageId)
      }
    },
    close: () => carrier.close(),
  }
}

/** `Name <address>` or a bare address, as configuration gives it. Throws RangeError on anything else. */
export function readAddress(text: string): Address {
  const [, name = '', bracketed, bare] =
    /^\s*(?:"?([^"<>]*?)"?\s*<([^\s<>@]+@[^\s<>@]+)>|([^\s<>@]+@[^\s<>@]+))\s*$/.exec(text) ?? []
  const address = bracketed ?? bare
  if (!address) throw new RangeError('a mail sender looks like: Clinic <no-reply@example.org>')
  return { name: name.trim(), address }
}

/** The Message-ID (RFC 5322) of a key: stable, and tells nothing of the key. */
export function messageIdOf({ key, from, organizationId }: Pick<Letter, 'key' | 'from' | 'organizationId'>): string {
  const digest = createHash('sha256').update(`${organizationId} ${key}`).digest('hex').slice(0, 40)
  return `<${digest}@${from.address.slice(from.address.lastIndexOf('@') + 1)}>`
}

function relay(url: string) {
  const { protocol, hostname, port, username, password } = new URL(url)
  const host = hostname.replace(/^\[|\]$/g, '')
  const secure = protocol === 'smtps:'
  const onThisMachine = host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host)
  return {
    host,
    secure,
    port: Number(port || (secure ? 465 : 587)),
    // A relay on this machine commonly offers STARTTLS with a certificate nobody signed; nothing leaves the machine.
    ...(onThisMachine ? { ignoreTLS: true } : { requireTLS: true }),
    tls: { minVersion: 'TLSv1.2' as const },
    ...(username && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
  }
}

const patience = (silenceMs: number) => ({
  connectionTimeout: Math.min(silenceMs, 10_000),
  greetingTimeout: Math.min(silenceMs, 10_000),
  dnsTimeout: Math.min(silenceMs, 10_000),
  socketTimeout: silenceMs,
})

const narrow = {
  maxConnections: 4,
  // The library may start again by itself only when not a byte of the letter was sent; the rest is the caller's to decide.
  maxRequeues: 1,
  disableFileAccess: true,
  disableUrlAccess: true,
}

function envelope(letter: Letter, messageId: string) {
  const { calendar } = letter
  return {
    messageId,
    from: letter.from,
    // As an object, so that a comma in it is not a second recipient.
    to: { name: '', address: letter.to },
    ...(letter.replyTo && { replyTo: { name: '', address: letter.replyTo } }),
    subject: letter.subject,
    text: letter.text,
    html: letter.html,
    headers: {
      'Content-Language': letter.language,
      // RFC 3834; the second keeps Exchange from answering with absence notes.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'OOF, AutoReply',
    },
    // Once as an alternative, which Gmail and Outlook show as an invitation, and once as a file, for all others.
    ...(calendar && { icalEvent: { method: calendar.method, content: calendar.content, filename: calendar.fileName } }),
  }
}
