/** Visits that were booked or changed in one step, told in one message: when each is, with what to do before each. */
import { words } from '../words/index.ts'
import { about, preparation } from './confirmation.ts'
import type { VisitFacts, Written } from './facts.ts'
import { written, type Page, type Section } from './page.ts'
import { greetable, oneLine, spokenPhone } from './plain.ts'
import { fitting } from './segments.ts'
import { longTime, shortTime } from './when.ts'

/** Pure. `all` has two or more, in their order. What is the same for several visits is said once, under all their times. */
export function letterOfSeveral(all: readonly VisitFacts[]): Written {
  const { first, say, kind, clinic, phone, earliest } = common(all)
  const parts = alike(all)
  const nameIs = all.every((one) => one.patientFirstName === first.patientFirstName)
  const page: Page = {
    language: first.language,
    clinic,
    subject: say.several.subject[kind](clinic, all.length, shortTime({ ...earliest, video: false })),
    greeting: say.greeting(nameIs ? greetable(first.patientFirstName) : undefined),
    lead: say.several.lead[kind](all.length),
    sections: parts.flatMap((part) => sections(part, nameIs)),
    notes: [kind === 'cancelled' ? say.notYou : say.cutoff(first.cancelCutoffHours), say.several.keepPrivate],
    call: say.call(spokenPhone(phone)),
    phone,
  }
  return written(page)
}

/** Pure. Who writes, how many, the first of them, and the link that shows them all; two segments at most. */
export function textOfSeveral(all: readonly VisitFacts[]): { body: string } {
  const { first, say, kind, clinic, phone, earliest } = common(all)
  const time = shortTime(earliest)
  const end = `${say.text.link[kind](first.manageUrl)} ${say.text.call(spokenPhone(phone))}`
  const name = greetable(first.patientFirstName)
  const start = (firstName: string | undefined) => `${clinic}: ${say.several.text[kind](firstName, all.length, time)}`
  return { body: fitting([`${start(name)} ${end}`, `${start(undefined)} ${end}`]) }
}

function common(all: readonly VisitFacts[]) {
  const [first] = all
  if (!first) throw new RangeError('a message tells of a visit')
  const earliest = all.reduce((one, other) => (Temporal.Instant.compare(other.when, one.when) < 0 ? other : one), first)
  return {
    first,
    earliest,
    say: words[first.language],
    kind: first.kind,
    clinic: oneLine(first.clinicName),
    phone: first.place.phone ?? first.clinicPhone,
  }
}

/** Those that differ in their time only. */
function alike(all: readonly VisitFacts[]): VisitFacts[][] {
  const parts = new Map<string, VisitFacts[]>()
  for (const facts of all) {
    const { patientFirstName, practitionerName, group, interpreter, place, video } = facts
    const around = [patientFirstName, practitionerName, group, interpreter, place, video]
    const same = JSON.stringify([...around, facts.directions, facts.bring, facts.prepare])
    parts.set(same, [...(parts.get(same) ?? []), facts])
  }
  return [...parts.values()]
}

function sections(part: readonly VisitFacts[], nameIs: boolean): Section[] {
  const [first] = part
  if (!first) return []
  const { language, kind } = first
  const say = words[language]
  const [, ...others] = about({ ...first, kind: kind === 'moved' ? 'booked' : kind })
  const name = nameIs ? undefined : greetable(first.patientFirstName)
  const times = part.flatMap((facts) => [
    longTime(facts),
    ...(kind === 'moved' && facts.movedFrom
      ? [`${say.label.before}: ${longTime({ ...facts, when: facts.movedFrom })}`]
      : []),
  ])
  const when = name === undefined ? say.label.when : `${name} · ${say.label.when}`
  return [
    { label: when, lines: times.map(oneLine) },
    ...others,
    ...(kind === 'cancelled' ? [] : preparation(first)),
    ...(kind === 'cancelled' ? [] : [{ label: say.button[kind], lines: [], link: first.manageUrl }]),
  ]
}
