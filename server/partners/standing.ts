/** Where an agreement stands on a day, and what the gate says of a service: pure, for people to read. */
import {
  channels,
  dataClasses,
  decide,
  rules,
  type Agreement,
  type Carried,
  type DataClass,
  type Trade,
  type Vendor,
} from './gate.ts'

/** An agreement that is over within so many days is to be renewed. */
export const soonDays = 60
const hoursADay = 24

export type Standing = 'in_force' | 'ends_soon' | 'to_come' | 'over' | 'ended'
type Span = Pick<Agreement, 'validFrom' | 'validUntil' | 'endedAt'>

const isPast = (at: Temporal.Instant, now: Temporal.Instant) => Temporal.Instant.compare(at, now) <= 0

/** Of one agreement. */
export function standingOf({ validFrom, validUntil, endedAt }: Span, now: Temporal.Instant): Standing {
  if (endedAt !== null && isPast(endedAt, now)) return 'ended'
  if (isPast(validUntil, now)) return 'over'
  if (!isPast(validFrom, now)) return 'to_come'
  return isPast(validUntil, now.add({ hours: soonDays * hoursADay })) ? 'ends_soon' : 'in_force'
}

/** Whether all that is signed ends soon: nothing in force, or signed for later, lasts longer. */
export function endsSoon(agreements: readonly Span[], now: Temporal.Instant): boolean {
  const standings = agreements.map((agreement) => ({ ...agreement, standing: standingOf(agreement, now) }))
  const soon = now.add({ hours: soonDays * hoursADay })
  const lasting = standings.some(
    ({ standing, validUntil }) =>
      standing === 'in_force' || (standing === 'to_come' && Temporal.Instant.compare(validUntil, soon) > 0),
  )
  return !lasting && standings.some(({ standing }) => standing === 'ends_soon')
}

type HealthClass = Exclude<DataClass, 'none'>
export const healthClasses = dataClasses.filter((one): one is HealthClass => one !== 'none')

interface Asked {
  readonly organizationId: string
  readonly service: Trade
  readonly vendor: Vendor | undefined
  readonly agreements: readonly Agreement[]
  readonly now: Temporal.Instant
}

/** What would leave of each class now, for the treatment of a patient who was not asked about this channel. */
export function gateOf({ service, agreements, ...asked }: Asked): { dataClass: HealthClass; carry: Carried }[] {
  const channel = channels.find((one) => rules[one].service === service)
  if (!channel) throw new Error(`nothing goes by ${service}`)
  const question = { ...asked, channel, consent: 'not_asked', purpose: 'treatment' } as const
  return healthClasses.map((dataClass) => {
    const decisions = [undefined, ...agreements].map((agreement) => decide({ ...question, agreement, dataClass }))
    const best = decisions.find(({ carry }) => carry === 'whole') ?? decisions.at(-1)
    return { dataClass, carry: best?.carry ?? 'nothing' }
  })
}
