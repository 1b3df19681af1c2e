/** The message that carries a one-time code: the code, how long it works, and that nobody will ask for it. */
import { words } from '../words/index.ts'
import type { CodeFacts, Written } from './facts.ts'
import { written } from './page.ts'
import { oneLine, spokenPhone } from './plain.ts'
import { fitting } from './segments.ts'

/** Pure. The code is not in the subject, which shows on a locked phone. */
export function codeLetter({ language, clinicName, clinicPhone, code, minutes }: CodeFacts): Written {
  const say = words[language]
  const clinic = oneLine(clinicName)
  return written({
    language,
    clinic,
    subject: say.code.subject(clinic),
    greeting: say.greeting(undefined),
    lead: say.code.lead,
    code: oneLine(code),
    sections: [],
    notes: [say.code.minutes(minutes), say.code.neverAsked],
    call: say.call(spokenPhone(clinicPhone)),
    phone: clinicPhone,
  })
}

/** Pure. At most two segments for a clinic name of up to 60 characters. */
export function codeText({ language, clinicName, clinicPhone, code, minutes }: CodeFacts): { body: string } {
  const { text } = words[language]
  const start = `${oneLine(clinicName)}: ${text.code(oneLine(code), minutes)}`
  return { body: fitting([`${start} ${text.call(spokenPhone(clinicPhone))}`, start]) }
}
