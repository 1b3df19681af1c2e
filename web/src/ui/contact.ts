/** Tells a phone number from an email address in what a person typed into one box. */

export type Contact = { kind: 'phone' | 'email'; value: string }

/** The contact, or undefined when it is neither: 10 to 15 digits, or one `@` between two parts with a dot. */
export function readContact(typed: string): Contact | undefined {
  const text = typed.trim()
  if (text.includes('@'))
    return /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(text) ? { kind: 'email', value: text } : undefined
  const digits = text.replace(/\D/g, '')
  const onlyPhoneMarks = /^[+\d\s().-]+$/.test(text)
  return onlyPhoneMarks && digits.length >= 10 && digits.length <= 15 ? { kind: 'phone', value: text } : undefined
}
