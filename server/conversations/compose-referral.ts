/** Writes the message with a referral's link, while that link opens anything. */
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import type { Language } from '../platform/endpoint.ts'
import { readOrganization } from '../people/index.ts'
import { referralToken, referralUrl } from '../scheduling/index.ts'
import type { Composed } from './compose.ts'
import { reducedLetter, reducedText } from './letters/reduced.ts'
import { referralLetter, referralText } from './letters/referral.ts'
import { preferredContact } from './preferred-contact.ts'

interface Message {
  organizationId: string
  referralId: string
  referralLink: number | null
  channel: 'email' | 'text'
  language: string
}

/** Undefined when the referral is booked, closed, or was sent a newer link. */
export async function composeReferral(context: Context, tx: Tx, message: Message): Promise<Composed | undefined> {
  const { organizationId, referralId, referralLink } = message
  const referral = await tx
    .selectFrom('scheduling.referral as r')
    .innerJoin('people.patient as p', (on) =>
      on.onRef('p.organizationId', '=', 'r.organizationId').onRef('p.id', '=', 'r.patientId'),
    )
    .where('r.organizationId', '=', organizationId)
    .where('r.id', '=', referralId)
    .where('r.linkNumber', '=', referralLink ?? 0)
    .where('r.closedAt', 'is', null)
    .where('r.appointmentId', 'is', null)
    .select(['r.patientId', 'r.validUntil', 'r.linkNumber', 'p.givenName'])
    .executeTakeFirst()
  if (!referral) return undefined
  const { patientId, linkNumber: number, validUntil, givenName } = referral
  const contact = await preferredContact(tx, organizationId, patientId)
  if (!contact) return undefined
  const { name: clinicName, phone: clinicPhone } = await readOrganization(tx, organizationId)
  const { publicUrl } = context.config
  const language: Language = message.language === 'es' ? 'es' : 'en'
  const token = referralToken(context.keys, { organizationId, referralId, patientId, number })
  const facts = {
    language,
    patientFirstName: givenName,
    clinicName,
    clinicPhone,
    until: validUntil.toString(),
    bookUrl: referralUrl(publicUrl, token),
  }
  // Whoever has the link sees for what the patient was referred: the reduced message does not carry it.
  const slight = { language, clinicName, clinicPhone, signInUrl: `${publicUrl}/sign-in` }
  const judged = { dataClass: 'visit', purpose: 'treatment' } as const
  const to = contact.value
  if (message.channel === 'text')
    return {
      ...judged,
      whole: { channel: 'text', to, ...referralText(facts) },
      reduced: { channel: 'text', to, ...reducedText(slight) },
    }
  return {
    ...judged,
    whole: { channel: 'email', letter: { to, language, ...referralLetter(facts) } },
    reduced: { channel: 'email', letter: { to, language, ...reducedLetter(slight) } },
  }
}
