import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { brokenStep, findChains, type Step } from './chain.ts'
import { proposeMoves, type Member } from './moves.ts'
import { planSeries, type SeriesWish } from './series.ts'
import { isKept, weekdayOf, type Gap, type Slot } from './slots.ts'

const slot = (day: number, wall = 540, practitionerId = 'a'): Slot => ({
  offeringId: practitionerId,
  practitionerId,
  start: day * 1440 + wall,
  end: day * 1440 + wall + 30,
  day,
  wall,
})
const wish: SeriesWish = {
  firstDay: 100,
  everyDays: 7,
  count: 3,
  slackDays: 2,
  weekdays: [],
  part: undefined,
  wall: undefined,
  sameClinician: true,
}
const anySlot = (days: number) =>
  fc
    .tuple(fc.integer({ min: 98, max: 98 + days }), fc.constantFrom(540, 600, 1000), fc.constantFrom('a', 'b'))
    .map((facts) => slot(...facts))
const distinct = (slots: Slot[]) =>
  [...new Map(slots.map((one) => [`${one.start} ${one.practitionerId}`, one])).values()].sort(
    (one, other) => one.start - other.start || (one.practitionerId < other.practitionerId ? -1 : 1),
  )
const anyGap = fc.oneof(
  fc.constant(null),
  fc.record({
    unit: fc.constantFrom('day' as const, 'minute' as const),
    min: fc.integer({ min: 0, max: 3 }),
    max: fc.option(fc.integer({ min: 3, max: 2000 })),
  }),
)

test('a weekday is what the calendar says', () => {
  for (const [date, day] of [
    ['1970-01-01', 0],
    ['2026-12-01', 20788],
    ['1969-12-31', -1],
  ] as const)
    assert.equal(weekdayOf(day), Temporal.PlainDate.from(date).dayOfWeek)
})

test('a series has one time and one clinician for all, and what cannot be so has what comes nearest', () => {
  const slots = [
    slot(100),
    slot(100, 600, 'b'),
    slot(107, 600),
    slot(107, 600, 'b'),
    slot(114, 660, 'b'),
    slot(115, 600, 'b'),
  ]
  const plan = planSeries(slots, wish)
  assert.deepEqual([plan.wall, plan.practitionerId], [600, 'b'])
  assert.deepEqual(
    plan.visits.map((one) => one.slot?.day),
    [100, 107, 115],
  )
  const strict = planSeries(slots, { ...wish, slackDays: 0 })
  assert.deepEqual(strict.visits[2]!.slot, undefined)
  assert.deepEqual(strict.visits[2]!.instead, { slot: slots[4], broken: ['time'] })
})

test('the plan of a series is what trying every choice finds', () => {
  fc.assert(
    fc.property(
      fc.array(anySlot(18), { maxLength: 9 }),
      fc.boolean(),
      fc.subarray([1, 2, 3, 4, 5, 6, 7]),
      fc.option(fc.constantFrom('morning' as const, 'afternoon' as const), { nil: undefined }),
      (some, sameClinician, weekdays, part) => {
        const slots = distinct(some)
        const asked = { ...wish, sameClinician, weekdays, part }
        const plan = planSeries(slots, asked)
        const [met, off] = tried(slots, asked)
        assert.equal(plan.visits.filter((one) => one.slot).length, met)
        assert.equal(
          plan.visits.reduce((sum, one) => sum + Math.abs((one.slot?.day ?? one.day) - one.day), 0),
          off,
        )
        for (const one of plan.visits) assert.ok(!one.slot || one.slot.wall === plan.wall)
        const starts = plan.visits.flatMap((one) => (one.slot ?? one.instead?.slot)?.start ?? [])
        assert.deepEqual(
          starts,
          [...new Set(starts)].sort((one, other) => one - other),
        )
      },
    ),
    { numRuns: 300 },
  )
})

/** By the definition: for each visit any fitting opening or none, all at one time; the most, then the least off. */
function tried(slots: Slot[], { firstDay, everyDays, slackDays, weekdays, part, sameClinician }: typeof wish) {
  let best = [0, 0]
  const grow = (at: number, chosen: Slot[], off: number) => {
    if (at === wish.count) {
      if (chosen.length > best[0]! || (chosen.length === best[0] && off < best[1]!)) best = [chosen.length, off]
      return
    }
    grow(at + 1, chosen, off)
    const day = firstDay + at * everyDays
    for (const one of slots) {
      const isIn =
        Math.abs(one.day - day) <= slackDays &&
        (weekdays.length === 0 || weekdays.includes(weekdayOf(one.day))) &&
        (part === undefined || (part === 'morning') === one.wall < 720)
      const isSame = chosen.every(
        (other) => other.wall === one.wall && (!sameClinician || other.practitionerId === one.practitionerId),
      )
      if (isIn && isSame) grow(at + 1, [...chosen, one], off + Math.abs(one.day - day))
    }
  }
  grow(0, [], 0)
  return best
}

/** Every way to choose one of each step that keeps all gaps, in the order of their starts. */
function allChains(steps: readonly Step[], chain: Slot[] = []): Slot[][] {
  const step = steps[chain.length]
  if (!step) return [chain]
  return step.slots
    .filter((one) => chain.length === 0 || isKept(step.gap, chain.at(-1)!, one))
    .flatMap((one) => allChains(steps, [...chain, one]))
}

test('the first chain of each day is what trying every choice finds, and without one the broken step is told', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.array(anySlot(6), { maxLength: 6 }), anyGap), { minLength: 2, maxLength: 4 }),
      (raw) => {
        const steps = raw.map(([some, gap], at) => ({ slots: distinct(some), gap: at === 0 ? null : gap }))
        const all = allChains(steps)
        const firsts = [...new Map(all.toReversed().map((one) => [one[0]!.day, one])).values()].toReversed()
        assert.deepEqual(
          findChains(steps, 50),
          firsts.sort((one, other) => one[0]!.day - other[0]!.day),
        )
        const broken = brokenStep(steps)
        assert.equal(broken === undefined, all.length > 0)
        if (!broken) return
        assert.equal(allChains(steps.slice(0, broken.step + 1)).length, 0)
        assert.ok(broken.step === 0 || allChains(steps.slice(0, broken.step)).length > 0)
      },
    ),
    { numRuns: 300 },
  )
})

test('when one visit moves, the fewest others follow, by the least', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(anySlot(4), fc.array(anySlot(8), { maxLength: 5 }), anyGap), { minLength: 1, maxLength: 4 }),
      anySlot(8),
      fc.nat(),
      (raw, to, which) => {
        const members: Member[] = raw.map(([current, some, gap]) => ({ current, slots: distinct(some), gap }))
        const moved = which % members.length
        const steps = members.map(({ current, slots, gap }, at) => ({
          slots: at === moved ? [to] : [current, ...slots],
          gap,
        }))
        const costs = allChains(steps).map((one) => costOf(one, members, moved))
        const found = proposeMoves(members, moved, to)
        assert.equal(found === undefined, costs.length === 0)
        if (!found) return
        assert.ok(found.every((one, at) => at === 0 || isKept(members[at]!.gap, found[at - 1]!, one)))
        assert.equal(costOf(found, members, moved), Math.min(...costs))
      },
    ),
    { numRuns: 300 },
  )
})

const costOf = (places: Slot[], members: Member[], moved: number) =>
  places.reduce((sum, one, at) => {
    const { current } = members[at]!
    return at === moved || one === current ? sum : sum + 1e9 + Math.abs(one.start - current.start)
  }, 0)

test('pre-op at most three days before, post-op seven to ten days after: moving the operation moves both', () => {
  const days = (min: number, max: number): Gap => ({ unit: 'day', min, max })
  const free = Array.from({ length: 40 }, (_, at) => slot(100 + at))
  const members = [
    { current: slot(100), slots: free, gap: null },
    { current: slot(102), slots: free, gap: days(1, 3) },
    { current: slot(110), slots: free, gap: days(7, 10) },
  ]
  assert.deepEqual(
    proposeMoves(members, 1, slot(103))?.map(({ day }) => day),
    [100, 103, 110],
  )
  assert.deepEqual(
    proposeMoves(members, 1, slot(109))?.map(({ day }) => day),
    [106, 109, 116],
  )
  assert.equal(proposeMoves([members[0]!, members[1]!, { ...members[2]!, slots: [] }], 1, slot(109)), undefined)
})
