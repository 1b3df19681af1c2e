/**
 * The gate: the one place that says whether a message may leave as it is, only as 'sign in to read it', or not at all.
 * Pure; what is not expressly allowed does not leave. 45 CFR 164.502(b), (e), 164.508, 164.522.
 */

/** What a message tells of a patient, least first. `sensitive`: 42 CFR Part 2, psychotherapy notes and the like. */
export const dataClasses = ['none', 'visit', 'billing', 'clinical', 'sensitive'] as const
export type DataClass = (typeof dataClasses)[number]
export const services = ['mail', 'texts', 'video', 'clearinghouse', 'payments'] as const
/** What a vendor does for the organization. */
export type Trade = (typeof services)[number]
export const channels = ['email', 'text', 'video', 'claims', 'payment'] as const
export type Channel = (typeof channels)[number]
export const purposes = ['treatment', 'payment', 'operations', 'asked_for', 'marketing', 'research'] as const
export type Purpose = (typeof purposes)[number]
/** What the patient said of being told such things on this channel. */
export type Consent = 'given' | 'not_asked' | 'refused'

export interface Vendor {
  readonly id: string
  readonly organizationId: string
  readonly service: Trade
  /** `own`: a system that the organization runs itself, so that nobody else is given anything. */
  readonly kind: 'outside' | 'own'
  readonly endedAt: Temporal.Instant | null
}

export interface Agreement {
  readonly organizationId: string
  readonly vendorId: string
  readonly dataClasses: readonly DataClass[]
  readonly validFrom: Temporal.Instant
  readonly validUntil: Temporal.Instant
  readonly endedAt: Temporal.Instant | null
}

export interface Question {
  readonly organizationId: string
  readonly channel: Channel
  readonly vendor: Vendor | undefined
  readonly agreement: Agreement | undefined
  readonly consent: Consent
  readonly purpose: Purpose
  readonly dataClass: DataClass
  readonly now: Temporal.Instant
}

export type Because =
  | 'patient_refused'
  | 'no_authorization'
  | 'no_vendor'
  | 'no_agreement'
  | 'not_in_agreement'
  | 'not_on_this_channel'
  | 'needs_consent'
export type Carried = 'whole' | 'reduced' | 'nothing'
export type Decision =
  { readonly carry: 'whole' } | { readonly carry: 'reduced' | 'nothing'; readonly because: Because }

interface Rule {
  readonly service: Trade
  /** May carry these at all; the second list only when the patient said so. */
  readonly carries: readonly DataClass[]
  readonly withConsent: readonly DataClass[]
  /** A person reads it, so that 'sign in to read it' can stand in its place. */
  readonly canBeReduced: boolean
}

/** What a channel may ever carry, whoever runs it. An inbox is read by others; a text shows on a locked phone. */
export const rules: Readonly<Record<Channel, Rule>> = {
  email: { service: 'mail', carries: ['visit', 'billing'], withConsent: ['clinical'], canBeReduced: true },
  text: { service: 'texts', carries: ['visit'], withConsent: [], canBeReduced: true },
  video: { service: 'video', carries: ['visit', 'clinical', 'sensitive'], withConsent: [], canBeReduced: false },
  claims: {
    service: 'clearinghouse',
    carries: ['visit', 'billing', 'clinical'],
    withConsent: ['sensitive'],
    canBeReduced: false,
  },
  payment: { service: 'payments', carries: ['billing'], withConsent: [], canBeReduced: false },
}

/** Judges one message. */
export function decide(question: Question): Decision {
  const { channel, consent, purpose, dataClass } = question
  // Who asks for a code or an answer just now wants it there, whatever they said of other messages.
  if (consent === 'refused' && purpose !== 'asked_for') return { carry: 'nothing', because: 'patient_refused' }
  if ((purpose === 'marketing' || purpose === 'research') && consent !== 'given')
    return { carry: 'nothing', because: 'no_authorization' }
  if (dataClass === 'none') return { carry: 'whole' }
  const because = whyNot(question)
  if (because === undefined) return { carry: 'whole' }
  return { carry: rules[channel].canBeReduced ? 'reduced' : 'nothing', because }
}

function whyNot({ organizationId, channel, vendor, agreement, consent, dataClass, now }: Question) {
  const rule = rules[channel]
  if (!vendor || vendor.organizationId !== organizationId || vendor.service !== rule.service || isOver(vendor, now))
    return 'no_vendor'
  if (vendor.kind === 'outside') {
    if (!agreement || !isInForce(agreement, vendor, now)) return 'no_agreement'
    if (!agreement.dataClasses.includes(dataClass)) return 'not_in_agreement'
  }
  if (rule.carries.includes(dataClass)) return undefined
  if (!rule.withConsent.includes(dataClass)) return 'not_on_this_channel'
  return consent === 'given' ? undefined : 'needs_consent'
}

function isInForce(agreement: Agreement, vendor: Vendor, now: Temporal.Instant): boolean {
  return (
    agreement.vendorId === vendor.id &&
    agreement.organizationId === vendor.organizationId &&
    !isOver(agreement, now) &&
    Temporal.Instant.compare(agreement.validFrom, now) <= 0 &&
    Temporal.Instant.compare(now, agreement.validUntil) < 0
  )
}

const isOver = ({ endedAt }: { endedAt: Temporal.Instant | null }, now: Temporal.Instant) =>
  endedAt !== null && Temporal.Instant.compare(endedAt, now) <= 0

/** Proof that the gate judged what a carrier is given: no letter, text or claim without one, and only `cleared` makes it. */
export class Clearance {
  readonly carry: 'whole' | 'reduced'
  private constructor(carry: 'whole' | 'reduced') {
    this.carry = carry
  }
  /** The version of the message that may leave, with its proof; undefined when none may. */
  static of<Whole, Reduced>(decision: Decision, { whole, reduced }: { whole: Whole; reduced: Reduced }) {
    if (decision.carry === 'nothing') return undefined
    const clearance = new Clearance(decision.carry)
    return { clearance, message: decision.carry === 'whole' ? whole : reduced }
  }
}
