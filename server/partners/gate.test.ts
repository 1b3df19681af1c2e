/** Over thousands of messages, channels, consents and agreements nothing leaves that should not. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  channels,
  Clearance,
  dataClasses,
  decide,
  purposes,
  rules,
  services,
  type Agreement,
  type Question,
  type Vendor,
} from './gate.ts'

const now = Temporal.Instant.from('2026-12-01T14:00:00Z')
/** Around now, the very moment included. */
const moment = fc
  .oneof(fc.constantFrom(-1, 0, 1), fc.integer({ min: -1e9, max: 1e9 }))
  .map((milliseconds) => now.add({ milliseconds }))
const ended = fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: moment })
const organization = fc.constantFrom('river', 'river', 'river', 'hill')
const id = fc.constantFrom('v1', 'v1', 'v1', 'v2')

const vendor: fc.Arbitrary<Vendor> = fc.record({
  id,
  organizationId: organization,
  service: fc.constantFrom(...services),
  kind: fc.constantFrom('outside', 'outside', 'own'),
  endedAt: ended,
})
const agreement: fc.Arbitrary<Agreement> = fc.record({
  organizationId: organization,
  vendorId: id,
  dataClasses: fc.subarray([...dataClasses]),
  validFrom: moment,
  validUntil: moment,
  endedAt: ended,
})
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined, freq: 8 })
const question: fc.Arbitrary<Question> = fc
  .record({
    organizationId: fc.constant('river'),
    channel: fc.constantFrom(...channels),
    vendor: maybe(vendor),
    agreement: maybe(agreement),
    consent: fc.constantFrom('given', 'not_asked', 'refused'),
    purpose: fc.constantFrom(...purposes),
    dataClass: fc.constantFrom(...dataClasses),
    now: fc.constant(now),
    // Left to chance, a vendor would seldom be of the channel's service.
    fits: fc.boolean(),
  })
  .map(({ fits, ...asked }) => ({
    ...asked,
    vendor: asked.vendor && fits ? { ...asked.vendor, service: rules[asked.channel].service } : asked.vendor,
  }))

const runs = { numRuns: 20_000 }
const before = (a: Temporal.Instant, b: Temporal.Instant) => a.epochNanoseconds < b.epochNanoseconds
/** Whether this vendor may know such things: said here anew, from the law and not from the gate. */
function mayKnow({ organizationId, channel, vendor: who, agreement: paper, dataClass }: Question): boolean {
  const carrierOf = { email: 'mail', text: 'texts', video: 'video', claims: 'clearinghouse', payment: 'payments' }
  if (who?.organizationId !== organizationId || who.service !== carrierOf[channel]) return false
  if (who.endedAt && !before(now, who.endedAt)) return false
  if (who.kind === 'own') return true
  if (paper?.organizationId !== organizationId || paper.vendorId !== who.id) return false
  if (before(now, paper.validFrom) || !before(now, paper.validUntil)) return false
  if (paper.endedAt && !before(now, paper.endedAt)) return false
  return paper.dataClasses.includes(dataClass)
}

test('no vendor is given health information without being the organization’s own or under an agreement in force for it', () => {
  let whole = 0
  fc.assert(
    fc.property(question, (asked) => {
      if (decide(asked).carry !== 'whole' || asked.dataClass === 'none') return
      whole++
      assert.ok(mayKnow(asked))
    }),
    runs,
  )
  assert.ok(whole > 200, `only ${whole} messages passed whole, so this has seen little`)
})

test('what a patient refused does not leave, but for the answer that they asked for', () => {
  fc.assert(
    fc.property(question, (asked) => {
      if (asked.consent !== 'refused' || asked.purpose === 'asked_for') return
      assert.deepEqual(decide(asked), { carry: 'nothing', because: 'patient_refused' })
    }),
    runs,
  )
})

test('marketing and research go nowhere, not even as a hint, without the patient’s word', () => {
  fc.assert(
    fc.property(question, fc.constantFrom('marketing', 'research'), (asked, purpose) => {
      if (asked.consent !== 'given') assert.equal(decide({ ...asked, purpose }).carry, 'nothing')
    }),
    runs,
  )
})

test('the most private things never go by email or text, results by email only where the patient wants it, never by text', () => {
  fc.assert(
    fc.property(question, (asked) => {
      if (asked.channel !== 'email' && asked.channel !== 'text') return
      const { carry } = decide(asked)
      if (asked.dataClass === 'sensitive') assert.notEqual(carry, 'whole')
      if (asked.dataClass === 'clinical' && (asked.channel === 'text' || asked.consent !== 'given'))
        assert.notEqual(carry, 'whole')
    }),
    runs,
  )
})

test('a claim or a payment that may not be carried is not carried at all: nobody reads its reduced version', () => {
  fc.assert(
    fc.property(question, (asked) => {
      if (asked.channel !== 'email' && asked.channel !== 'text') assert.notEqual(decide(asked).carry, 'reduced')
    }),
    runs,
  )
})

test('less agreement, less consent or more private content never lets more out', () => {
  const much = { whole: 2, reduced: 1, nothing: 0 }
  fc.assert(
    fc.property(question, (asked) => {
      const { carry } = decide(asked)
      assert.ok(much[decide({ ...asked, agreement: undefined }).carry] <= much[carry])
      assert.ok(much[decide({ ...asked, vendor: undefined }).carry] <= much[carry])
      if (asked.consent === 'given') assert.ok(much[decide({ ...asked, consent: 'not_asked' }).carry] <= much[carry])
      if (asked.dataClass === 'none') assert.ok(much[decide({ ...asked, dataClass: 'clinical' }).carry] <= much[carry])
    }),
    runs,
  )
})

test('what leaves is the version that was judged, with its proof', () => {
  fc.assert(
    fc.property(question, fc.string(), fc.string(), (asked, secret, harmless) => {
      const decision = decide(asked)
      const passed = Clearance.of(decision, { whole: { secret }, reduced: { harmless } })
      if (decision.carry === 'nothing') assert.equal(passed, undefined)
      else assert.deepEqual(passed?.message, decision.carry === 'whole' ? { secret } : { harmless })
    }),
  )
})

test('a clinic with its own mail tells when a visit is; with an outside one only once that has signed for it', () => {
  const asked = {
    organizationId: 'river',
    channel: 'email',
    consent: 'not_asked',
    purpose: 'treatment',
    dataClass: 'visit',
    now,
  } as const
  const own = { id: 'v1', organizationId: 'river', service: 'mail', kind: 'own', endedAt: null } as const
  const outside = { ...own, kind: 'outside' } as const
  const signed = {
    organizationId: 'river',
    vendorId: 'v1',
    dataClasses: ['visit'],
    validFrom: now,
    validUntil: now.add({ seconds: 1 }),
    endedAt: null,
  } as const
  assert.deepEqual(decide({ ...asked, vendor: own, agreement: undefined }), { carry: 'whole' })
  assert.deepEqual(decide({ ...asked, vendor: outside, agreement: undefined }), {
    carry: 'reduced',
    because: 'no_agreement',
  })
  assert.deepEqual(decide({ ...asked, vendor: outside, agreement: signed }), { carry: 'whole' })
  assert.deepEqual(decide({ ...asked, vendor: outside, agreement: signed, now: signed.validUntil }), {
    carry: 'reduced',
    because: 'no_agreement',
  })
  assert.deepEqual(decide({ ...asked, dataClass: 'billing', vendor: outside, agreement: signed }), {
    carry: 'reduced',
    because: 'not_in_agreement',
  })
  assert.deepEqual(decide({ ...asked, vendor: undefined, agreement: undefined }), {
    carry: 'reduced',
    because: 'no_vendor',
  })
})
