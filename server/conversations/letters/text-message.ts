/** A visit in a text message: who writes, when, where, the link, the phone; nothing else, and two segments at most. */
import { words } from '../words/index.ts'
import type { VisitFacts } from './facts.ts'
import { greetable, oneLine, spokenPhone } from './plain.ts'
import { fitting } from './segments.ts'
import { shortTime } from './when.ts'

/**
 * Pure. Gives up the street, then the place, then the name, before it grows past two segments; never the clinic, the
 * time, the link or the phone. Fits for a clinic name of up to 40 characters and a link of up to 90.
 */
export function visitText(facts: VisitFacts): { body: string } {
  const { kind, place, language } = facts
  const say = words[language].text
  const clinic = oneLine(facts.clinicName)
  const time = shortTime(facts)
  const name = greetable(facts.patientFirstName)
  const end = `${say.link[kind](facts.manageUrl)} ${say.call(spokenPhone(place.phone ?? facts.clinicPhone))}`
  const said = facts.byClinic ? words[language].clinicMoved.text : say[kind]
  const start = (firstName: string | undefined) => `${clinic}: ${said(firstName, time)}`
  const short = [`${start(name)} ${end}`, `${start(undefined)} ${end}`]
  if (kind === 'cancelled') return { body: fitting(short) }
  const where = facts.video ? [say.video] : [say.where(address(facts, true)), say.where(address(facts, false))]
  const also = [
    ...(facts.interpreter ? [say.interpreted[facts.interpreter.modality]] : []),
    ...(facts.group ? [say.groupVisit] : []),
  ]
  // Who else is there is left out last of all: the letter and the visit's page say it too.
  const parts = [...where.map((there) => [there, ...also].join(' ')), ...(also.length > 0 ? where : [])]
  return { body: fitting([...parts.map((part) => `${start(name)} ${part} ${end}`), ...short]) }
}

/** The name of a place is left out when the message already begins with it. */
function address({ place, clinicName }: VisitFacts, withStreet: boolean): string {
  const name = oneLine(place.name)
  const street = oneLine(place.lines[0] ?? '')
  if (!withStreet || !street) return name || street
  return name === oneLine(clinicName) ? street : `${name}, ${street}`
}
