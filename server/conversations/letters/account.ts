/** Tells somebody that a way into their account has changed: what, never with what, and what to do when it was not them. */
import { words } from '../words/index.ts'
import type { AccountFacts, Written } from './facts.ts'
import { written } from './page.ts'
import { oneLine, spokenPhone } from './plain.ts'
import { fitting } from './segments.ts'

/** Pure. No link: a message that asks to sign in is what a thief would send. */
export function accountLetter({ language, clinicName, clinicPhone, change }: AccountFacts): Written {
  const say = words[language]
  const clinic = oneLine(clinicName)
  return written({
    language,
    clinic,
    subject: say.account.subject(clinic),
    greeting: say.greeting(undefined),
    lead: say.account.lead[change],
    sections: [],
    notes: [say.account.wasIt],
    call: say.call(spokenPhone(clinicPhone)),
    phone: clinicPhone,
  })
}

/** Pure. At most two segments for a clinic name of up to 60 characters. */
export function accountText({ language, clinicName, clinicPhone, change }: AccountFacts): { body: string } {
  const { account, text } = words[language]
  const start = `${oneLine(clinicName)}: ${account.lead[change]}`
  return { body: fitting([`${start} ${text.call(spokenPhone(clinicPhone))}`, start]) }
}
