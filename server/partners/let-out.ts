/** Brings one message to the gate: reads the register, judges, and writes down what left, less than what, and why. */
import type { Actor } from '../platform/actor.ts'
import { audit } from '../platform/audit.ts'
import type { Context } from '../platform/context.ts'
import type { Tx } from '../platform/db.ts'
import { Clearance, decide, rules, type Channel, type Consent, type DataClass, type Purpose } from './gate.ts'
import { readCarrier } from './register.ts'
import './tables.ts'

export interface Leaving<Message> {
  readonly channel: Channel
  readonly dataClass: DataClass
  readonly purpose: Purpose
  readonly consent: Consent
  /** Whom it tells of. Without a patient it is about nobody's health, and of class `none`. */
  readonly patientId: string | null
  /** The row that it is: a message, a claim. */
  readonly subjectId: string
  /** As it is, and as 'sign in to read it': free of health information. */
  readonly whole: Message
  readonly reduced: Message
}

/** The version that may leave, with its proof; undefined when none may. A practice copy knows no outside vendor. */
export async function letOut<Message>(
  tx: Tx,
  actor: Actor,
  { now: clock, practice }: Pick<Context, 'now' | 'practice'>,
  leaving: Leaving<Message>,
) {
  const now = clock()
  const { organizationId } = actor
  const { channel, dataClass, purpose, consent, patientId, subjectId } = leaving
  if (dataClass !== 'none' && patientId === null) throw new Error('health information is always about somebody')
  const { vendor: entered, agreements } = await readCarrier(tx, organizationId, rules[channel].service)
  const vendor = practice && entered?.kind === 'outside' ? undefined : entered
  const question = { organizationId, channel, vendor, consent, purpose, dataClass, now }
  const decisions = [undefined, ...agreements].map((agreement) => decide({ ...question, agreement }))
  // Several agreements may be in force; the best of them counts, and without any the answer to none.
  const decision = decisions.find(({ carry }) => carry === 'whole') ??
    decisions.at(-1) ?? { carry: 'nothing', because: 'no_vendor' }
  if (dataClass !== 'none' && patientId !== null) {
    const because = decision.carry === 'whole' ? null : decision.because
    const told = await tx
      .insertInto('partners.disclosure')
      .values({
        organizationId,
        patientId,
        vendorId: vendor?.id ?? null,
        channel,
        dataClass,
        purpose,
        carried: decision.carry,
        because,
        subjectId,
        decidedAt: now,
      })
      .onConflict((same) => same.constraint('told_once').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (told && because !== null)
      await audit(tx, actor, {
        action: 'execute',
        resourceType: 'Communication',
        resourceId: subjectId,
        patientId,
        fields: ['gate', decision.carry, because],
        outcome: decision.carry === 'nothing' ? 'refused' : 'success',
        purpose: 'OPS',
      })
  }
  return Clearance.of(decision, leaving)
}
