/** Phones and emails in the one form in which they are stored, compared and sent to. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { invalid } from '../../platform/errors.ts'
import type { ContactTarget } from '../contract.ts'

/** A contact in its stored form: E.164 for phones, lower case for email. */
export type Contact = ContactTarget

/** E.164 of a phone as people write it, a US one unless it says its country; undefined when it cannot be one. Pure. */
export function phoneOf(text: string): string | undefined {
  const phone = parsePhoneNumberFromString(text, { defaultCountry: 'US', extract: false })
  if (!phone) return undefined
  return phone.isValid() || isExample.test(phone.number) ? phone.number : undefined
}

/** The area code 555 is given to nobody, so that records for trying things out are full of it. */
const isExample = /^\+1555\d{7}$/

/** E.164 of a phone (ITU-T E.164). Refuses `phone`. */
export function readPhone(text: string): string {
  const phone = phoneOf(text)
  if (!phone) throw invalid('phone', 'This phone number cannot be right. Check it, or use another one.')
  return phone
}

/** An email address as it is stored: mail systems that tell upper from lower case are not met in practice. Pure. */
export const emailOf = (text: string) => text.trim().normalize('NFC').toLowerCase()

/** What somebody typed, in its stored form. Refuses `phone`. */
export function readContact({ kind, value }: ContactTarget): Contact {
  return kind === 'phone' ? { kind, value: readPhone(value) } : { kind, value: emailOf(value) }
}
