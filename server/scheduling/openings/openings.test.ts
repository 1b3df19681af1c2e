import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { byDayPart, daysAsked, localDays, type LocalDay } from './local-days.ts'
import { slowOpenings, wallMinutes } from './openings-reference.ts'
import {
  afterBooking,
  openingsOfDay,
  openingsOfRange,
  openingsOnDays,
  openMinutes,
  type Busy,
  type Calendar,
  type Exception,
  type OfferingRule,
  type WeeklyRule,
} from './openings.ts'

const boston = 'America/New_York'
const monday = '2026-11-30'

/** '9:30' as minutes since midnight. */
const clock = (time: string) => Number(time.split(':')[0]) * 60 + Number(time.split(':')[1] ?? 0)
const hours = (weekday: number, from: string, until: string): WeeklyRule => ({
  weekday,
  from: clock(from),
  until: clock(until),
  validFrom: '1800-01-01',
})
const daily = (from: string, until: string) => [1, 2, 3, 4, 5, 6, 7].map((weekday) => hours(weekday, from, until))
const part = (kind: 'closed' | 'open', date: string, from: string, until: string): Exception => ({
  kind,
  date,
  from: clock(from),
  until: clock(until),
})
const visit = (minutes: number, step = minutes, bufferBefore = 0, bufferAfter = 0): OfferingRule => ({
  minutes,
  step,
  bufferBefore,
  bufferAfter,
})
const calendar = (rules: WeeklyRule[], exceptions: Exception[] = [], zone = boston): Calendar => ({
  zone,
  rules,
  exceptions,
})
const minute = (local: string) => Temporal.ZonedDateTime.from(local).epochMilliseconds / 60_000
const taken = (date: string, from: string, until: string): Busy => ({
  start: minute(`${date}T${from}[${boston}]`),
  end: minute(`${date}T${until}[${boston}]`),
})
const shownIn = (zone: string, starts: readonly number[]) =>
  starts.map((start) =>
    Temporal.Instant.fromEpochMilliseconds(start * 60_000)
      .toZonedDateTimeISO(zone)
      .toPlainTime()
      .toString({ smallestUnit: 'minute' }),
  )
const day = (of: Calendar, offering: OfferingRule, date = monday, busy: Busy[] = []) =>
  shownIn(of.zone, openingsOfDay(of, busy, offering, date)).join(' ')
const open = (of: Calendar, date: string) =>
  openMinutes(of, date)
    .map((range) => shownIn(of.zone, range).join('-'))
    .join(' ')

const mondays = calendar([hours(1, '9:00', '12:00')])

test('Mondays 9 to 12 give half-hour visits from 9:00 to 11:30, and none on Tuesday', () => {
  assert.equal(day(mondays, visit(30)), '09:00 09:30 10:00 10:30 11:00 11:30')
  assert.equal(day(mondays, visit(30), '2026-12-01'), '')
  assert.equal(minute(`2026-11-30T09:00[${boston}]`), openingsOfDay(mondays, [], visit(30), monday)[0])
})

test('a visit ends by closing time, however its length falls on the grid', () => {
  assert.equal(day(mondays, visit(50, 15)), '09:00 09:15 09:30 09:45 10:00 10:15 10:30 10:45 11:00')
  assert.equal(day(mondays, visit(180, 15)), '09:00')
  assert.equal(day(mondays, visit(181, 15)), '')
})

test('hours that touch or overlap are one block, and nothing is offered twice', () => {
  const rules = [
    hours(1, '10:00', '11:00'),
    hours(1, '9:00', '10:00'),
    hours(1, '10:30', '12:00'),
    hours(1, '10:30', '11:00'),
  ]
  assert.equal(day(calendar(rules), visit(45)), '09:00 09:45 10:30 11:15')
  assert.equal(open(calendar(rules), monday), '09:00-12:00')
})

test('after lunch the grid begins again with the afternoon', () => {
  assert.equal(
    day(calendar([hours(1, '9:00', '10:10'), hours(1, '13:05', '14:05')]), visit(30)),
    '09:00 09:30 13:05 13:35',
  )
})

test('hours hold from their first date to their last, both included', () => {
  const rules = [{ ...hours(1, '9:00', '10:00'), validFrom: '2026-11-30', validUntil: '2026-12-07' }]
  const found = ['2026-11-23', '2026-11-30', '2026-12-07', '2026-12-14'].map((date) =>
    day(calendar(rules), visit(60), date),
  )
  assert.deepEqual(found, ['', '09:00', '09:00', ''])
})

test('on leave there is no opening, and time blocked in the morning leaves the other times as they were', () => {
  assert.equal(day(calendar(mondays.rules.slice(), [{ kind: 'closed', date: monday }]), visit(30)), '')
  assert.equal(
    day(calendar(mondays.rules.slice(), [part('closed', monday, '9:00', '9:20')]), visit(30)),
    '09:30 10:00 10:30 11:00 11:30',
  )
  assert.equal(
    open(calendar(mondays.rules.slice(), [part('closed', monday, '10:00', '10:20')]), monday),
    '09:00-10:00 10:20-12:00',
  )
})

test('extra hours open a Saturday, and what is blocked stays blocked in them', () => {
  const extra: Exception[] = [part('open', '2026-12-05', '9:00', '11:00')]
  assert.equal(day(calendar([], extra), visit(60), '2026-12-05'), '09:00 10:00')
  assert.equal(
    day(calendar([], [part('closed', '2026-12-05', '9:30', '10:00'), ...extra]), visit(60), '2026-12-05'),
    '10:00',
  )
})

test('a booked visit hides what overlaps it; the visit that ends when it starts and the one that starts when it ends stay', () => {
  assert.equal(day(mondays, visit(30), monday, [taken(monday, '10:00', '10:30')]), '09:00 09:30 10:30 11:00 11:30')
  assert.equal(day(mondays, visit(30), monday, [taken(monday, '10:29', '10:31')]), '09:00 09:30 11:00 11:30')
})

test('buffers keep clear of booked time, and may lie before opening and after closing', () => {
  assert.equal(day(mondays, visit(30, 30, 10, 5)), '09:00 09:30 10:00 10:30 11:00 11:30')
  assert.equal(day(mondays, visit(30, 30, 10, 5), monday, [taken(monday, '10:00', '10:30')]), '09:00 11:00 11:30')
  assert.equal(
    day(mondays, visit(30, 30, 10, 0), monday, [taken(monday, '08:00', '08:55')]),
    '09:30 10:00 10:30 11:00 11:30',
  )
  assert.equal(
    day(mondays, visit(30, 30, 0, 10), monday, [taken(monday, '12:05', '13:00')]),
    '09:00 09:30 10:00 10:30 11:00',
  )
})

test('a night clinic takes visits over midnight; each start is of the date it falls on', () => {
  const night = calendar([hours(1, '22:00', '24:00'), hours(2, '0:00', '2:00')])
  assert.equal(day(night, visit(45)), '22:00 22:45 23:30')
  assert.equal(day(night, visit(45), '2026-12-01'), '00:00 00:45')
  assert.equal(day(calendar(night.rules.slice(0, 1)), visit(45)), '22:00 22:45')
  assert.equal(day(calendar(night.rules.slice(), [{ kind: 'closed', date: '2026-12-01' }]), visit(45)), '22:00 22:45')
})

test('on the night the clock goes forward the missing hour is not offered, and on the night it goes back the hour is offered twice', () => {
  const night = calendar(daily('1:00', '4:00'))
  assert.equal(day(night, visit(60), '2026-03-08'), '01:00 03:00')
  assert.equal(day(night, visit(60), '2026-11-01'), '01:00 01:00 02:00 03:00')
  assert.equal(day(calendar(daily('2:00', '3:00')), visit(15), '2026-03-08'), '')
  assert.equal(day(calendar(daily('2:40', '4:00')), visit(30), '2026-03-08'), '03:00 03:30')
  assert.equal(day(calendar(daily('1:30', '2:00')), visit(30), '2026-11-01'), '01:30 01:30')
  const nine = calendar(daily('9:00', '10:00'))
  const [before = 0, after = 0] = ['2026-03-07', '2026-03-08'].map(
    (date) => openingsOfDay(nine, [], visit(60), date)[0],
  )
  assert.equal(after - before, 23 * 60)
})

test('odd clocks: half an hour, a missing midnight, a repeated evening, a day that never was, and a day in two pieces', () => {
  const round = (zone: string, date: string, from = '0:00', until = '24:00') =>
    day(calendar(daily(from, until), [], zone), visit(30), date)
  assert.equal(round('Australia/Lord_Howe', '2026-10-04', '1:00', '3:00'), '01:00 01:30 02:30')
  assert.equal(round('Australia/Lord_Howe', '2026-04-05', '1:00', '2:30'), '01:00 01:30 01:30 02:00')
  assert.equal(round('Africa/Cairo', '2024-04-26', '0:00', '2:00'), '01:00 01:30')
  assert.equal(round('Asia/Beirut', '2024-03-31', '0:00', '2:00'), '01:00 01:30')
  assert.equal(round('America/Asuncion', '2024-03-23', '22:30', '24:00'), '22:30 23:00 23:30 23:00 23:30')
  assert.equal(round('Pacific/Apia', '2011-12-30'), '')
  assert.equal(openMinutes(calendar(daily('0:00', '24:00'), [], 'Pacific/Apia'), '2011-12-30').length, 0)
  assert.equal(round('Asia/Kathmandu', monday, '9:00', '10:00'), '09:00 09:30')
  const two = openMinutes(calendar(daily('0:00', '24:00'), [], 'America/Goose_Bay'), '2010-11-07')
  assert.deepEqual(
    two.map(([start, end]) => end - start),
    [1, 1440],
  )
  assert.equal(round('America/Goose_Bay', '2010-11-07', '0:00', '24:00').slice(0, 17), '00:00 00:00 00:30')
})

test('a long visit runs on over a day that never was, and over a short one', () => {
  const found = (zone: string, date: string, step: number) =>
    openingsOfDay(calendar(daily('0:00', '24:00'), [], zone), [], visit(1440, step), date).length
  assert.equal(found('Pacific/Apia', '2011-12-29', 720), 2)
  assert.equal(found(boston, '2026-03-07', 1410), 2)
})

test('morning is before noon, afternoon before five and evening after, by the clock on the wall', () => {
  const starts = openingsOfDay(calendar(daily('11:30', '18:00')), [], visit(30), '2026-11-01')
  const [sunday] = daysAsked(localDays(boston, '2026-11-01', 1)) as [LocalDay]
  const parts = byDayPart(starts, sunday)
  assert.deepEqual(
    [parts.morning, parts.afternoon.slice(0, 1), parts.evening].map((part) => shownIn(boston, part).join(' ')),
    ['11:30', '12:00', '17:00 17:30'],
  )
  assert.equal(parts.afternoon.length, 10)
  assert.throws(() => byDayPart([starts[0]! + 1440], sunday), RangeError)
})

test('what cannot be is refused, rather than searched for ever', () => {
  for (const odd of [visit(0, 15), visit(30, 0), visit(1441), visit(30, 15, -1), visit(30, 7.5), visit(Number.NaN)])
    assert.throws(() => openingsOfDay(mondays, [], odd, monday), RangeError)
  assert.throws(() => openingsOfDay(mondays, [], visit(30), '2026-02-30'), RangeError)
  assert.throws(() => openingsOnDays(mondays, [], visit(30), localDays('Europe/Madrid', monday, 1)), RangeError)
})

// Properties. Calendars are drawn around one date, with hours at night as often as by day: that is where clocks change.

const ranges = fc
  .tuple(
    fc.oneof(
      fc.integer({ min: 0, max: 1439 }),
      fc.integer({ min: 0, max: 95 }).map((n) => n * 15),
    ),
    fc.oneof(fc.integer({ min: 1, max: 1440 }), fc.constant(1440)),
  )
  .filter(([from, until]) => from < until)
const aVisit = fc.record(
  {
    minutes: fc.integer({ min: 1, max: 400 }),
    bufferBefore: fc.integer({ min: 0, max: 40 }),
    bufferAfter: fc.integer({ min: 0, max: 40 }),
    step: fc.integer({ min: 1, max: 90 }),
  },
  { noNullPrototype: true },
)
const near = (date: string, by: number) => Temporal.PlainDate.from(date).add({ days: by })
const aDistance = fc.integer({ min: -1, max: 2 })
const aBusy = (date: string, most: number) => {
  const first = minute(`${date}T00:00[UTC]`) - 1440
  return fc.array(
    fc
      .tuple(fc.integer({ min: 0, max: 4 * 1440 }), fc.integer({ min: -5, max: 200 }))
      .map(([from, length]): Busy => ({ start: first + from, end: first + from + length })),
    { maxLength: most },
  )
}
const aCalendar = (zone: string, date: string): fc.Arbitrary<Calendar> => {
  const rule = fc
    .tuple(aDistance, ranges, aDistance, fc.option(aDistance))
    .map(([by, [from, until], first, last]): WeeklyRule => ({
      weekday: near(date, by).dayOfWeek,
      from,
      until,
      validFrom: near(date, first - 1).toString(),
      ...(last !== null && { validUntil: near(date, last).toString() }),
    }))
  const always = fc.tuple(aDistance, ranges).map(([by, [from, until]]): WeeklyRule => ({
    weekday: near(date, by).dayOfWeek,
    from,
    until,
    validFrom: '1800-01-01',
  }))
  const exception = fc
    .tuple(fc.constantFrom<'closed' | 'open'>('closed', 'open'), aDistance, fc.option(ranges, { freq: 4 }))
    .map(([kind, by, range]): Exception => ({
      kind,
      date: near(date, by).toString(),
      ...(range && { from: range[0], until: range[1] }),
    }))
  return fc.record(
    {
      zone: fc.constant(zone),
      rules: fc.array(fc.oneof(always, rule), { maxLength: 8 }),
      exceptions: fc.array(exception, { maxLength: 4 }),
    },
    { noNullPrototype: true },
  )
}
interface Case {
  date: string
  of: Calendar
  busy: Busy[]
  offering: OfferingRule
}
const aCase = (zone: string, date: string): fc.Arbitrary<Case> =>
  fc.record(
    { date: fc.constant(date), of: aCalendar(zone, date), busy: aBusy(date, 8), offering: aVisit },
    { noNullPrototype: true },
  )

const zones = Intl.supportedValuesOf('timeZone')
const someDate = fc.integer({ min: 0, max: 12 * 365 }).map((n) => near('2024-01-01', n).toString())
/** The dates, from 2024 to 2035, on which the clock of a zone changes or has just changed. */
function changesOf(zone: string): string[] {
  const dates: string[] = []
  let change = Temporal.Instant.from('2024-01-01T00:00Z').toZonedDateTimeISO(zone).getTimeZoneTransition('next')
  for (; change && change.year < 2036; change = change.getTimeZoneTransition('next'))
    dates.push(change.toPlainDate().toString(), change.subtract({ seconds: 1 }).toPlainDate().toString())
  return dates
}
const aDate = (zone: string) => {
  const changes = changesOf(zone)
  return changes.length > 0 ? fc.constantFrom(...changes) : someDate
}
const anyCase = fc.constantFrom(...zones).chain((zone) => aDate(zone).chain((date) => aCase(zone, date)))
/** From 15 hours before a date in UTC to its end in the last zone, and a visit longer. */
const around = [-15 * 60, 1440 + 20 * 60] as const
const agrees = (cases: readonly Case[], [before, after]: readonly [number, number] = around) => {
  const [{ date, of }] = cases as [Case]
  const first = minute(`${date}T00:00[UTC]`)
  const shown = wallMinutes(of.zone, first + before, first + after)
  for (const one of cases)
    assert.deepEqual(
      openingsOfDay(one.of, one.busy, one.offering, date),
      slowOpenings(one.of, one.busy, one.offering, { shown, date }),
    )
}
const cases = (zone: string, date: string) => fc.array(aCase(zone, date), { minLength: 2, maxLength: 2 })

test('in every time zone, when its clock changes and when not, openings are what a minute-by-minute search finds', () => {
  assert.ok(zones.length > 400)
  for (const zone of zones) {
    fc.assert(
      fc.property(
        aDate(zone).chain((date) => cases(zone, date)),
        (drawn) => agrees(drawn),
      ),
      { numRuns: 1 },
    )
    fc.assert(
      fc.property(
        someDate.chain((date) => cases(zone, date)),
        (drawn) => agrees(drawn),
      ),
      { numRuns: 1 },
    )
  }
})

test('so are they on the oddest days that clocks have had', () => {
  const odd =
    'Pacific/Apia 2011-12-29, Pacific/Apia 2011-12-30, Pacific/Apia 2011-12-31, Pacific/Kwajalein 1993-08-20, America/Goose_Bay 2010-11-06, America/Goose_Bay 2010-11-07, America/Sao_Paulo 2018-11-04, America/Sao_Paulo 2018-02-17, Africa/Cairo 2024-04-26, Africa/Cairo 2024-10-31, Asia/Beirut 2024-03-31, America/Asuncion 2024-03-23, Africa/Monrovia 1972-01-06, Africa/Monrovia 1972-01-07, Europe/Amsterdam 1937-06-30, America/New_York 1883-11-18, America/Toronto 1919-03-30, Asia/Manila 1844-12-30, America/Juneau 1867-10-18, Antarctica/Troll 2026-03-29, Asia/Kathmandu 1985-12-31'
  for (const [zone = '', date = ''] of odd.split(', ').map((pair) => pair.split(' ')))
    fc.assert(
      fc.property(cases(zone, date), (drawn) => agrees(drawn, [-1440, 4 * 1440])),
      { numRuns: 2 },
    )
})

test('every minute is of exactly one local date, the one that the clock shows', () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), someDate, (zone, date) => {
      const days = localDays(zone, date, 400).around
      const passes = days
        .flatMap((one) => one.passes.map((pass) => ({ ...pass, date: one.date })))
        .toSorted((a, b) => a.start - b.start)
      for (const [i, { start, end, midnight, date: dated }] of passes.entries()) {
        if (i > 0) assert.equal(start, passes[i - 1]!.end)
        for (const at of [start, end - 1]) {
          const shown = Temporal.Instant.fromEpochMilliseconds(at * 60_000).toZonedDateTimeISO(zone)
          assert.deepEqual([dated, at - midnight], [shown.toPlainDate().toString(), shown.hour * 60 + shown.minute])
        }
      }
    }),
    { numRuns: 40 },
  )
})

test('whatever is booked next, the openings that stay are those that a search anew finds', () => {
  fc.assert(
    fc.property(
      anyCase.chain((one) => fc.tuple(fc.constant(one), aBusy(one.date, 6))),
      ([{ of, busy, offering, date }, more]) => {
        const left = more.reduce(
          (starts, booked) => afterBooking(starts, booked, offering),
          openingsOfDay(of, busy, offering, date),
        )
        assert.deepEqual(left, openingsOfDay(of, [...busy, ...more], offering, date))
      },
    ),
    { numRuns: 1000 },
  )
})

test('every opening lies in open hours and keeps clear of booked time, in order and once', () => {
  fc.assert(
    fc.property(anyCase, ({ of, busy, offering, date }) => {
      const { minutes, bufferBefore, bufferAfter } = offering
      const starts = openingsOfDay(of, busy, offering, date)
      assert.deepEqual(
        starts,
        [...new Set(starts)].toSorted((a, b) => a - b),
      )
      const hours = [-1, 0, 1, 2, 3].flatMap((by) => openMinutes(of, near(date, by).toString()))
      for (const start of starts) {
        const inside = hours.reduce(
          (sum, [from, until]) => sum + Math.max(0, Math.min(until, start + minutes) - Math.max(from, start)),
          0,
        )
        assert.equal(inside, minutes, 'not open')
        assert.ok(
          busy.every(
            (one) =>
              one.start >= one.end || one.end <= start - bufferBefore || one.start >= start + minutes + bufferAfter,
          ),
          'busy',
        )
        assert.equal(
          Temporal.Instant.fromEpochMilliseconds(start * 60_000)
            .toZonedDateTimeISO(of.zone)
            .toPlainDate()
            .toString(),
          date,
        )
      }
    }),
    { numRuns: 1000 },
  )
})

test('blocking time only ever takes openings away; it moves none', () => {
  fc.assert(
    fc.property(anyCase, fc.option(ranges), ({ of, busy, offering, date }, range) => {
      const closed: Exception = { kind: 'closed', date, ...(range && { from: range[0], until: range[1] }) }
      const before = new Set(openingsOfDay(of, busy, offering, date))
      const after = openingsOfDay({ ...of, exceptions: [...of.exceptions, closed] }, busy, offering, date)
      assert.ok(after.every((start) => before.has(start)))
      if (!range) assert.deepEqual(after, [])
    }),
    { numRuns: 500 },
  )
})

test('the same calendar gives the same openings: in any order, day by day or all at once, and it is left as it was', () => {
  fc.assert(
    fc.property(anyCase, ({ of, busy, offering, date }) => {
      const given = structuredClone({ of, busy, offering })
      const first = near(date, -1).toString()
      const found = openingsOfRange(of, busy, offering, first, 4)
      assert.deepEqual({ of, busy, offering }, given)
      const turned = { ...of, rules: of.rules.toReversed(), exceptions: of.exceptions.toReversed() }
      assert.deepEqual(openingsOfRange(turned, busy.toReversed(), offering, first, 4), found)
      assert.deepEqual(openingsOnDays(of, busy, offering, localDays(of.zone, first, 4)), found)
      const byDay = [-1, 0, 1, 2]
        .map((by) => near(date, by).toString())
        .map((one) => ({ date: one, starts: openingsOfDay(of, busy, offering, one) }))
      assert.deepEqual(byDay, found)
    }),
    { numRuns: 500 },
  )
})
