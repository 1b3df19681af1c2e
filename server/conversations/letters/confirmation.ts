/** The letter that says a visit is booked, moved or cancelled: when, where, with whom, what to do, how to reach a person. */
import { words } from '../words/index.ts'
import type { VisitFacts, Written } from './facts.ts'
import { written, type Page, type Section } from './page.ts'
import { greetable, oneLine, spokenPhone } from './plain.ts'
import { longTime, shortTime } from './when.ts'

/** Pure. The subject names clinic and time only. Throws RangeError when manageUrl is not http(s). */
export function visitLetter(facts: VisitFacts): Written {
  const { language, kind, place, manageUrl } = facts
  const say = words[language]
  const clinic = oneLine(facts.clinicName)
  const phone = place.phone ?? facts.clinicPhone
  const page: Page = {
    language,
    clinic,
    subject: say.subject[kind](clinic, shortTime({ ...facts, video: false })),
    greeting: say.greeting(greetable(facts.patientFirstName)),
    lead: facts.byClinic ? say.clinicMoved.lead : say.lead[kind],
    sections: [...about(facts), ...(kind === 'cancelled' ? [] : preparation(facts))],
    button: { label: facts.byClinic ? say.clinicMoved.button : say.button[kind], url: manageUrl },
    notes: [kind === 'cancelled' ? say.notYou : say.cutoff(facts.cancelCutoffHours), say.keepPrivate],
    call: say.call(spokenPhone(phone)),
    phone,
  }
  return written(page)
}

export function about(facts: VisitFacts): Section[] {
  const { label, video } = words[facts.language]
  const { kind, place, movedFrom } = facts
  const address = facts.video ? [video] : [place.name, ...place.lines]
  return [
    { label: label.when, lines: [longTime(facts)] },
    ...(kind === 'moved' && movedFrom
      ? [{ label: label.before, lines: [longTime({ ...facts, when: movedFrom })] }]
      : []),
    { label: label.who, lines: [facts.practitionerName, ...alsoThere(facts)] },
    { label: label.where, lines: address },
  ].map(tidy)
}

/** Who else is there: an interpreter, and how; the others of a group visit. */
function alsoThere({ language, kind, group, interpreter }: VisitFacts): string[] {
  const { locale, groupVisit, interpreted } = words[language]
  if (kind === 'cancelled') return []
  return [
    ...(interpreter ? [interpreted[interpreter.modality](languageName(interpreter.language, locale))] : []),
    ...(group ? [groupVisit] : []),
  ]
}

const languageName = (tag: string, locale: string) =>
  new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag

export function preparation({ language, directions, prepare, bring, video }: VisitFacts): Section[] {
  const { label } = words[language]
  return [
    { label: label.directions, lines: directions && !video ? [directions] : [] },
    { label: label.prepare, lines: prepare, list: true },
    { label: label.bring, lines: bring, list: true },
  ]
    .map(tidy)
    .filter((section) => section.lines.length > 0)
}

const tidy = (section: Section): Section => ({ ...section, lines: section.lines.map(oneLine).filter(Boolean) })
