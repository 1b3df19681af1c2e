import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { RuleKind, Settings } from './contract.ts'
import { decidingOn, rulesOn, spansOf, weightOf, type Approved, type Rule } from './in-force.ts'
import { brokenBy, type Patient, type Seen, type Taken, type Visit } from './judge.ts'
import { refusalOf, sentenceOf } from './sentences.ts'
import { shapeBy } from './shape.ts'
import { touchedBy } from './touched.ts'
import { whenOf } from './when.ts'

const zone = 'America/New_York'
const first = Temporal.PlainDate.from('2026-10-26')
const dayNumber = (date: string) => first.until(Temporal.PlainDate.from(date)).days
const pick = <T>(...some: T[]) => fc.constantFrom(...some)
/** Five weeks in which the clock changes. */
const date = fc.integer({ min: 0, max: 34 }).map((days) => first.add({ days }).toString())
const minute = fc.integer({ min: 7 * 4, max: 20 * 4 }).map((quarters) => quarters * 15)
const startOn = (day: string, wall: number) =>
  Temporal.PlainDate.from(day)
    .toZonedDateTime({
      timeZone: zone,
      plainTime: Temporal.PlainTime.from({ hour: Math.floor(wall / 60), minute: wall % 60 }),
    })
    .toInstant().epochMilliseconds / 60_000

const settings: Record<RuleKind, fc.Arbitrary<Settings>> = {
  holidays: fc
    .array(date, { minLength: 1, maxLength: 4 })
    .map((days) => ({ days: days.map((on) => ({ on, name: 'Away' })) })),
  alternate_weeks: fc.record({ anchorOn: date, everyWeeks: fc.integer({ min: 2, max: 3 }) }),
  reserved_time: fc.record({
    forVisitTypeId: pick('v1', 'v2'),
    blocks: fc.array(
      fc.record({ weekday: fc.integer({ min: 1, max: 7 }), fromMinute: pick(480, 600), untilMinute: pick(720, 900) }),
      { minLength: 1, maxLength: 3 },
    ),
    releaseHours: pick(0, 24, 72),
  }),
  daily_cap: fc.record({ visits: fc.integer({ min: 1, max: 4 }) }),
  pair_buffer: fc.record({
    firstVisitTypeId: pick('v1', 'v2'),
    thenVisitTypeId: pick('v1', 'v2'),
    minutes: pick(15, 60, 120),
  }),
  new_patient_quota: fc.record({ visits: fc.integer({ min: 1, max: 3 }), per: pick('day' as const, 'week' as const) }),
  licence: pick({ states: ['MA'] }, { states: ['NH', 'VT'] }),
  ages: pick({ minYears: 0, maxYears: 17 }, { minYears: 18, maxYears: 130 }),
  referral: pick({ needs: 'referral' as const }, { needs: 'authorization' as const }),
}

const rule: fc.Arbitrary<Rule> = fc.constantFrom(...(Object.keys(settings) as RuleKind[])).chain((kind) =>
  fc.record({
    ruleId: fc.uuid(),
    version: fc.constant(1),
    kind: fc.constant(kind),
    subject: fc.constant(''),
    standing: fc.oneof(
      { weight: 6, arbitrary: fc.constant('holds' as const) },
      { weight: 1, arbitrary: fc.constant('exempt' as const) },
    ),
    settings: settings[kind],
    locationId: pick(null, null, 'p1'),
    practitionerId: pick(null, null, 'c1', 'c2'),
    visitTypeId: pick(null, null, 'v1'),
    fromDay: pick('2026-01-01', '2026-11-09'),
    untilDay: pick(null, null, '2026-11-20'),
  }),
)
const rules = fc.array(rule, { maxLength: 8 }).map(apart)

/** As the table keeps them: one rule of a kind, subject and scope. */
function apart(some: readonly Rule[]): Rule[] {
  const scope = ({ kind, locationId, practitionerId, visitTypeId }: Rule) =>
    `${kind} ${locationId} ${practitionerId} ${visitTypeId}`
  return [...new Map(some.map((one) => [scope(one), one])).values()]
}

const visit: fc.Arbitrary<Visit> = fc
  .record({
    practitionerId: pick('c1', 'c2'),
    locationId: pick('p1', 'p2'),
    visitTypeId: pick('v1', 'v2', 'v3'),
    mode: pick('in_person' as const, 'video' as const),
    forPatients: pick('any' as const, 'any' as const, 'new' as const),
    state: pick('MA', 'NH', null),
    day: date,
    wall: minute,
  })
  .map(({ day, wall, ...rest }) => ({ ...rest, when: whenOf(startOn(day, wall), 30, zone) }))
const seenAround = (of: Visit): fc.Arbitrary<Seen> =>
  fc.record({
    now: fc.integer({ min: 0, max: 100 * 60 }).map((before) => of.when.start - before),
    taken: fc.array(
      fc
        .record({ off: fc.integer({ min: -60, max: 60 }), visitTypeId: pick('v1', 'v2'), isNew: fc.boolean() })
        .map(({ off, ...rest }) => ({ ...rest, start: of.when.start + off * 60, end: of.when.start + off * 60 + 30 })),
      { maxLength: 6 },
    ),
  })
const patient: fc.Arbitrary<Patient> = fc.record({
  age: pick(null, 4, 17, 18, 70),
  isNew: fc.boolean(),
  state: pick(null, 'MA', 'NH'),
  cleared: pick<Patient['cleared']>([], ['referral'], ['authorization'], ['referral', 'authorization']),
})

/** Written apart from the engine, from what the rules say in words, by the calendar of Temporal alone. */
function isAgainst(
  { kind, settings: said, visitTypeId }: Rule,
  of: Visit,
  { now, taken }: Seen,
  who: Patient,
): boolean {
  const s = said as any
  const local = (at: number) => Temporal.Instant.fromEpochMilliseconds(at * 60_000).toZonedDateTimeISO(zone)
  const [begins, ends] = [local(of.when.start), local(of.when.end)]
  const today = begins.toPlainDate()
  const monday = (day: Temporal.PlainDate) => day.subtract({ days: day.dayOfWeek - 1 })
  const counted = taken.filter((one) => visitTypeId === null || one.visitTypeId === visitTypeId)
  const isSameDay = (one: { start: number }) => local(one.start).toPlainDate().equals(today)
  switch (kind) {
    case 'holidays':
      return s.days.some((day: any) => today.equals(Temporal.PlainDate.from(day.on)))
    case 'alternate_weeks':
      return (monday(Temporal.PlainDate.from(s.anchorOn)).until(monday(today)).days / 7) % s.everyWeeks !== 0
    case 'reserved_time':
      return (
        of.visitTypeId !== s.forVisitTypeId &&
        s.blocks.some((block: any) => {
          const wall = ({ hour, minute: past }: Temporal.ZonedDateTime) => hour * 60 + past
          const released = begins
            .startOfDay()
            .add({ minutes: Number(block.fromMinute) })
            .subtract({ hours: s.releaseHours })
          return (
            block.weekday === today.dayOfWeek &&
            wall(begins) < block.untilMinute &&
            wall(ends) > block.fromMinute &&
            now * 60_000 < released.epochMilliseconds
          )
        })
      )
    case 'daily_cap':
      return counted.filter(isSameDay).length >= s.visits
    case 'pair_buffer':
      return taken.some((one) => {
        const [gapBefore, gapAfter] = [of.when.start - one.end, one.start - of.when.end]
        const follows = one.visitTypeId === s.firstVisitTypeId && of.visitTypeId === s.thenVisitTypeId
        const leads = of.visitTypeId === s.firstVisitTypeId && one.visitTypeId === s.thenVisitTypeId
        return (follows && gapBefore >= 0 && gapBefore < s.minutes) || (leads && gapAfter >= 0 && gapAfter < s.minutes)
      })
    case 'new_patient_quota': {
      const isSameWeek = (one: { start: number }) => monday(local(one.start).toPlainDate()).equals(monday(today))
      const same = counted.filter(s.per === 'day' ? isSameDay : isSameWeek)
      return (who.isNew || of.forPatients === 'new') && same.filter(({ isNew }) => isNew).length >= s.visits
    }
    case 'licence': {
      const state = of.mode === 'video' ? (who.state ?? of.state) : of.state
      return state !== null && !s.states.includes(state)
    }
    case 'ages':
      return who.age !== null && (who.age < s.minYears || who.age > s.maxYears)
    case 'referral':
      return !who.cleared.includes(s.needs)
  }
}

test('for any patient and time the refusal and the sentence are of one rule, and there is one exactly when a rule is broken', () => {
  const slot = visit.chain((of) => fc.record({ of: fc.constant(of), seen: seenAround(of), who: patient, all: rules }))
  let refused = 0
  fc.assert(
    fc.property(slot, ({ of, seen, who, all }) => {
      const deciding = decidingOn(all, of, of.when.date)
      const against = deciding.filter((one) => isAgainst(one, of, seen, who))
      const found = brokenBy(deciding, of, seen, who)
      assert.equal(found !== undefined, against.length > 0)
      if (!found) return
      refused++
      assert.ok(against.includes(found), `${found.kind} is not broken`)
      const { code, message, extra } = refusalOf(found, of.when.date)
      const sentence = sentenceOf(found, of.when.date)
      assert.deepEqual([code, message, extra['ruleId']], [`rule_${found.kind}`, sentence.en, found.ruleId])
      for (const said of [sentence.en, sentence.es]) assert.match(said, /^[A-Z].*\.$/)
    }),
    { numRuns: 10_000 },
  )
  assert.ok(refused > 2000, `only ${refused} were refused`)
})

const takenBy = (of: Visit, seen: Seen): ReadonlyMap<string, readonly Taken[]> =>
  new Map([[of.practitionerId, seen.taken]])

test('an opening is left out exactly when a booking of it by anybody would be refused', () => {
  const slot = visit.chain((of) => fc.record({ of: fc.constant(of), seen: seenAround(of), all: rules }))
  fc.assert(
    fc.property(slot, ({ of, seen, all }) => {
      const shape = shapeBy(all, takenBy(of, seen), seen.now)
      const left = shape({ ...of, zone, minutes: 30 }, of.when.date, [of.when.start])
      const refused = brokenBy(decidingOn(all, of, of.when.date), of, seen)
      assert.equal(left.length === 0, refused !== undefined, refused?.kind ?? 'none')
    }),
    { numRuns: 3000 },
  )
})

test('on each day the newest approved version that covers it holds, and the more specific rule before the wider', () => {
  const version = fc.record({
    standing: pick<Approved['standing']>('holds', 'exempt', 'ended'),
    settings: fc.constant(null),
    fromDay: date,
    days: pick(null, 0, 3, 12),
  })
  fc.assert(
    fc.property(fc.array(version, { maxLength: 6 }), date, (some, day) => {
      const versions = some.map(({ days, ...one }, at) => ({
        ...one,
        version: at + 1,
        untilDay: days === null ? null : Temporal.PlainDate.from(one.fromDay).add({ days }).toString(),
      }))
      const newest = versions.findLast((one) => one.fromDay <= day && (one.untilDay === null || day <= one.untilDay))
      const held = spansOf(versions).filter(
        (one) => one.fromDay <= day && (one.untilDay === null || day <= one.untilDay),
      )
      assert.ok(held.length <= 1, 'days do not overlap')
      assert.equal(held[0]?.version, newest?.standing === 'ended' ? undefined : newest?.version)
    }),
    { numRuns: 1000 },
  )
  fc.assert(
    fc.property(rules, visit, (all, of) => {
      for (const [deciding, ...over] of rulesOn(all, of, of.when.date))
        for (const wider of over) assert.ok(deciding && weightOf(deciding) > weightOf(wider))
    }),
    { numRuns: 500 },
  )
})

test('a change of a rule touches every day on which it changes an opening', () => {
  const change = rule.chain((before) =>
    fc.record({
      before: fc.constant({ ...before, standing: 'holds' as const }),
      said: settings[before.kind],
      others: rules,
      of: visit,
    }),
  )
  fc.assert(
    fc.property(
      change.chain((one) => seenAround(one.of).map((seen) => ({ ...one, seen }))),
      ({ before, said, others, of, seen }) => {
        const after = { ...before, version: 2, settings: said }
        const day = of.when.date
        const open = (one: Rule) =>
          shapeBy(apart([...others, one]), takenBy(of, seen), seen.now)({ ...of, zone, minutes: 30 }, day, [
            of.when.start,
          ])
        const holds = (one: Rule) =>
          one.fromDay <= day && (one.untilDay === null || day <= one.untilDay) ? one : undefined
        if (open(before).length !== open(after).length)
          assert.ok(touchedBy(holds(before), holds(after), day), `${before.kind} on ${dayNumber(day)}`)
      },
    ),
    { numRuns: 2000 },
  )
})
