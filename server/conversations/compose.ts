/** Writes one message from what is true now, in the patient's language; nothing when it is not true any more. */
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { readAddress, type DataClass, type Letter } from '../partners/index.ts'
import { accountNotice, openContactCode, readOrganization } from '../people/index.ts'
import { accountLetter, accountText } from './letters/account.ts'
import { calendarOf, calendarOfSeveral } from './letters/calendar.ts'
import { codeLetter, codeText } from './letters/code.ts'
import { visitLetter } from './letters/confirmation.ts'
import { accountChanges } from './letters/facts.ts'
import { reducedLetter, reducedText } from './letters/reduced.ts'
import { letterOfSeveral, textOfSeveral } from './letters/several.ts'
import { visitText } from './letters/text-message.ts'
import { languageOf, readTold, type Told, type VisitMessage } from './visit-facts.ts'

export type Outgoing =
  | { channel: 'email'; letter: Pick<Letter, 'to' | 'subject' | 'text' | 'html' | 'language' | 'calendar'> }
  | { channel: 'text'; to: string; body: string }

/** A message for the gate to judge: what it tells, as it is, and as 'sign in to read it'. */
export interface Composed {
  dataClass: DataClass
  purpose: 'operations' | 'treatment' | 'asked_for'
  whole: Outgoing
  reduced: Outgoing
  /** Visits that have changed since: what they are now is told by a message of their own. */
  leftOut?: readonly string[]
}

/** The message about a visit, or those of one step: as they stand; undefined when each has changed since it was planned. */
export async function composeVisits(
  context: Context,
  tx: Tx,
  messages: readonly VisitMessage[],
): Promise<Composed | undefined> {
  const [first] = messages
  const told: Told[] = []
  const leftOut: string[] = []
  for (const message of messages) {
    const one = await readTold(context, tx, message)
    if (one) told.push(one)
    else if (message.appointmentId) leftOut.push(message.appointmentId)
  }
  return first && told.length > 0 ? { ...compose(context, first, told), leftOut } : undefined
}

/** What is said of these visits by this channel; the link of a text opens the first, which shows the others. */
function compose(
  { config, now }: Context,
  { channel, language: spoken }: VisitMessage,
  told: readonly Told[],
): Composed {
  const [first] = told
  if (!first) throw new Error('a message tells of a visit')
  const { facts, to } = first
  // The link of the visit is not in it: whoever has that link sees the visit.
  const { clinicName, clinicPhone } = facts
  const language = languageOf(spoken)
  const slight = { language, clinicName, clinicPhone, signInUrl: `${config.publicUrl}/sign-in` }
  const judged = { dataClass: 'visit', purpose: 'treatment' } as const
  const all = told.map((one) => one.facts)
  if (channel === 'text')
    return {
      ...judged,
      whole: { channel, to, ...(told.length > 1 ? textOfSeveral(all) : visitText(facts)) },
      reduced: { channel, to, ...reducedText(slight) },
    }
  const organizer = readAddress(config.mailFrom).address
  const events = told.map((one) => ({
    ...one.facts,
    ...one.event,
    method: one.facts.kind === 'cancelled' ? ('CANCEL' as const) : ('REQUEST' as const),
    madeAt: now(),
    organizer,
    attendee: { name: one.facts.patientFirstName, email: to },
  }))
  const [event] = events
  const calendar = events.length === 1 && event ? calendarOf(event) : calendarOfSeveral(events)
  const letter = told.length > 1 ? letterOfSeveral(all) : visitLetter(facts)
  return {
    ...judged,
    whole: { channel, letter: { to, language, calendar, ...letter } },
    reduced: { channel, letter: { to, language, ...reducedLetter(slight) } },
  }
}

/** What tells nothing of anybody's health is the same in both versions. */
const harmless = (purpose: Composed['purpose'], message: Outgoing): Composed => ({
  dataClass: 'none',
  purpose,
  whole: message,
  reduced: message,
})

/** The one-time code, while it still opens anything. */
export async function composeCode(
  context: Context,
  tx: Tx,
  organizationId: string,
  contactCodeId: string,
): Promise<Composed | undefined> {
  const [organization, code] = await Promise.all([
    readOrganization(tx, organizationId),
    openContactCode(context, tx, organizationId, contactCodeId),
  ])
  if (!code) return undefined
  const facts = {
    kind: 'code' as const,
    language: code.language,
    clinicName: organization.name,
    clinicPhone: organization.phone,
    code: code.code,
    minutes: 10,
  }
  const to = code.to.value
  if (code.to.kind === 'phone') return harmless('asked_for', { channel: 'text', to, ...codeText(facts) })
  const letter = { to, language: code.language, ...codeLetter(facts) }
  return harmless('asked_for', { channel: 'email', letter })
}

/** What changed about an account, to the contact it is signed in with now. */
export async function composeAccount(
  context: Context,
  tx: Tx,
  { organizationId, personId, step }: { organizationId: string; personId: string; step: string },
): Promise<Composed | undefined> {
  const change = accountChanges.find((one) => one === step)
  const notice = await accountNotice(context, organizationId, personId)
  if (!notice || !change) return undefined
  const { to, language } = notice
  const { name: clinicName, phone: clinicPhone } = await readOrganization(tx, organizationId)
  const facts = { language, clinicName, clinicPhone, change }
  if (to.kind === 'phone') return harmless('operations', { channel: 'text', to: to.value, ...accountText(facts) })
  return harmless('operations', { channel: 'email', letter: { to: to.value, language, ...accountLetter(facts) } })
}
