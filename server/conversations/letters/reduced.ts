/** What stands in place of a message that its channel may not carry: that there is one, and where to read it. */
import type { Language } from '../../platform/endpoint.ts'
import { words } from '../words/index.ts'
import type { Written } from './facts.ts'
import { written } from './page.ts'
import { oneLine, spokenPhone } from './plain.ts'
import { fitting } from './segments.ts'

export interface ReducedFacts {
  language: Language
  clinicName: string
  /** A person answers here. */
  clinicPhone: string
  /** Leads to sign-in: it opens nothing by itself. */
  signInUrl: string
}

/** Pure. Knows no visit, no name and no place, so that it can tell none. Throws RangeError when the link is not http(s). */
export function reducedLetter({ language, clinicName, clinicPhone, signInUrl }: ReducedFacts): Written {
  const say = words[language]
  const clinic = oneLine(clinicName)
  return written({
    language,
    clinic,
    subject: say.reduced.subject(clinic),
    greeting: say.greeting(undefined),
    lead: say.reduced.lead(clinic),
    sections: [],
    button: { label: say.reduced.button, url: signInUrl },
    notes: [],
    call: say.call(spokenPhone(clinicPhone)),
    phone: clinicPhone,
  })
}

/** Pure. At most two segments for a clinic name of up to 60 characters and a link of up to 60. */
export function reducedText({ language, clinicName, signInUrl }: ReducedFacts): { body: string } {
  return { body: fitting([words[language].reduced.text(oneLine(clinicName), signInUrl)]) }
}
