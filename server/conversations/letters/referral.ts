/** The message that brings a referral's link: that there is a visit to book, by when, and how. Who refers and why are not in it. */
import { words } from '../words/index.ts'
import type { ReferralFacts, Written } from './facts.ts'
import { written } from './page.ts'
import { greetable, oneLine, spokenPhone } from './plain.ts'
import { fitting } from './segments.ts'

const dayIn = ({ language, until }: ReferralFacts) =>
  Temporal.PlainDate.from(until).toLocaleString(words[language].locale, {
    month: 'long',
    day: 'numeric',
    year: 'numeric',
  })

/** Pure. Throws RangeError when the link is not http(s). */
export function referralLetter(facts: ReferralFacts): Written {
  const { language, clinicName, clinicPhone, patientFirstName, bookUrl } = facts
  const say = words[language]
  const clinic = oneLine(clinicName)
  return written({
    language,
    clinic,
    subject: say.referral.subject(clinic),
    greeting: say.greeting(greetable(patientFirstName)),
    lead: say.referral.lead,
    sections: [],
    button: { label: say.referral.button, url: bookUrl },
    notes: [say.referral.until(dayIn(facts)), say.referral.keepPrivate],
    call: say.call(spokenPhone(clinicPhone)),
    phone: clinicPhone,
  })
}

/** Pure. At most two segments for a clinic name of up to 40 characters and a link of up to 90. */
export function referralText(facts: ReferralFacts): { body: string } {
  const { language, clinicName, clinicPhone, bookUrl } = facts
  const { referral, text } = words[language]
  const start = `${oneLine(clinicName)}: ${referral.text(bookUrl, dayIn(facts))}`
  return { body: fitting([`${start} ${text.call(spokenPhone(clinicPhone))}`, start]) }
}
