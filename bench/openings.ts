/** The openings of a clinician: 60 days at the HTTP door, the pure code beside bare integers, and 1,000 calendars from cold. */
import { openingsOfRange, type Busy, type Calendar, type OfferingRule } from '../server/scheduling/index.ts'
import { fillClinic } from './clinic.ts'
import { keepBusy, openDoor } from './door.ts'
import { figures, type Bench, type Measured } from './figure.ts'
import { inTurns, median, percentile } from './machine.ts'
import { openStage } from './stage.ts'

const figure = figures('openings')
const days = 60
const firstDate = '2026-12-01'
const office: OfferingRule = { minutes: 30, bufferBefore: 0, bufferAfter: 5, step: 15 }
const zones = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'America/Phoenix',
  'America/Anchorage',
  'Pacific/Honolulu',
  'America/Puerto_Rico',
]

export async function run(bench: Bench): Promise<Measured[]> {
  return [...pure(bench.quick), ...cold(), ...(await atTheDoor(bench))]
}

/** Every clinician has hours of their own and 120 visits in the 60 days. */
function clinician(number: number): { calendar: Calendar; busy: Busy[] } {
  const from = 8 * 60 + (number % 5) * 15
  const rules = [1, 2, 3, 4, 5].flatMap((weekday) => [
    { weekday, from, until: 12 * 60, validFrom: '2026-01-01' },
    { weekday, from: 13 * 60, until: 17 * 60, validFrom: '2026-01-01' },
  ])
  const zone = zones[number % zones.length] ?? 'America/New_York'
  const exceptions = [
    { kind: 'closed' as const, date: '2026-12-25' },
    { kind: 'closed' as const, date: '2026-12-09', from: 600, until: 720 },
  ]
  const midnight = Temporal.PlainDate.from(firstDate).toZonedDateTime(zone).epochMilliseconds / 60_000
  const busy = Array.from({ length: 120 }, (_, visit) => {
    const start = midnight + Math.floor(visit / 2) * 1440 + from + ((visit * 7 + number) % 12) * 30
    return { start, end: start + 35 }
  })
  return { calendar: { zone, rules, exceptions }, busy }
}

/** The least that could be done: open ranges are known as integers, taken time is sorted, one walk over both. */
export function bareOpenings(
  open: readonly (readonly [number, number])[],
  busy: readonly Busy[],
  { minutes, bufferBefore, bufferAfter, step }: OfferingRule,
): number[] {
  const starts: number[] = []
  let at = 0
  for (const [from, until] of open) {
    for (let start = from; start + minutes <= until; start += step) {
      while (at < busy.length && (busy[at]?.end ?? 0) <= start - bufferBefore) at++
      const next = busy[at]
      if (!next || next.start >= start + minutes + bufferAfter) starts.push(start)
    }
  }
  return starts
}

function pure(quick: boolean): Measured[] {
  const { calendar, busy } = clinician(1)
  const sorted = busy.toSorted((a, b) => a.start - b.start)
  // Its days without what is booked are the open ranges that the bare walk is given.
  const open = openRanges(calendar)
  const ours = () => openingsOfRange(calendar, sorted, office, firstDate, days)
  const bare = () => bareOpenings(open, sorted, office)
  const [seen, expected] = [
    ours()
      .flatMap((day) => day.starts)
      .join(),
    bare().join(),
  ]
  if (seen !== expected) throw new Error('the openings are not those of the integer reference')
  const rounds = quick ? 5 : 15
  const timed = (work: () => unknown, times: number) => {
    const began = process.cpuUsage()
    for (let time = 0; time < times; time++) work()
    const { user, system } = process.cpuUsage(began)
    return (user + system) / times
  }
  timed(ours, 300)
  timed(bare, 3000)
  const own: number[] = []
  const limit: number[] = []
  for (let round = 0; round < rounds; round++) {
    own.push(timed(ours, 300))
    limit.push(timed(bare, 3000))
  }
  return [
    figure('pure code, 60 days, 120 visits', median(own), 'µs', {
      n: rounds * 300,
      limit: median(limit),
      goal: { of: 'ratio', atLeast: 1 / 20 },
    }),
  ]
}

function openRanges({ zone, rules, exceptions }: Calendar): [number, number][] {
  return Array.from({ length: days }, (_, ahead) => Temporal.PlainDate.from(firstDate).add({ days: ahead })).flatMap(
    (date) => {
      const minuteAt = (minute: number) =>
        date.toZonedDateTime({
          timeZone: zone,
          plainTime: Temporal.PlainTime.from({ hour: Math.floor(minute / 60), minute: minute % 60 }),
        }).epochMilliseconds / 60_000
      const closed = exceptions.filter((one) => one.date === date.toString())
      if (closed.some((one) => one.from === undefined)) return []
      return rules
        .filter((rule) => rule.weekday === date.dayOfWeek)
        .flatMap((rule) => [rule.from, rule.until].map(minuteAt) as [number, number])
        .reduce<[number, number][]>(
          (ranges, minute, index, all) => (index % 2 === 0 ? [...ranges, [minute, all[index + 1] ?? minute]] : ranges),
          [],
        )
        .map(([from, until]): [number, number] => {
          const cut = closed.find((one) => minuteAt(one.from ?? 0) < until && minuteAt(one.until ?? 1440) > from)
          return cut ? [from, minuteAt(cut.from ?? 0)] : [from, until]
        })
    },
  )
}

function cold(): Measured[] {
  const all = Array.from({ length: 1000 }, (_, number) => clinician(number))
  const began = performance.now()
  let starts = 0
  for (const { calendar, busy } of all)
    for (const day of openingsOfRange(calendar, busy, office, firstDate, days)) starts += day.starts.length
  const seconds = (performance.now() - began) / 1000
  if (starts < 100_000) throw new Error('1,000 clinicians have too few openings')
  return [
    figure('1,000 clinicians, 60 days, computed anew', seconds, 's', { n: 1000, goal: { of: 'value', atMost: 1 } }),
  ]
}

async function atTheDoor({ quick }: Bench): Promise<Measured[]> {
  await using stage = await openStage()
  const { clinicians } = await fillClinic(stage, 10)
  const app = await stage.app()
  const urls = clinicians.map(({ office: id }) => `/api/scheduling/offerings/${id}/openings?days=${days}`)
  const limitApp = await stage.limitApp(await bodiesOf(app.port, urls))
  const measured: Measured[] = []
  for (const clients of [1, 8]) {
    using door = await openDoor(app.port, clients)
    using limitDoor = await openDoor(limitApp.port, clients)
    const read = (askers: typeof door.askers, urlOf: (turn: number) => string, seconds: number) =>
      keepBusy(askers, seconds, async (ask) => {
        const reply = await ask({ method: 'GET', url: urlOf(Math.floor(Math.random() * urls.length)) })
        if (reply.status !== 200 || !reply.body.includes('"days":[{'))
          throw new Error(`${reply.status} ${reply.body.slice(0, 200)}`)
      })
    await read(door.askers, (turn) => urls[turn] ?? '', 2)
    await read(limitDoor.askers, (turn) => `/${turn}`, 1)
    let cpu = 0
    const { ours, limit } = await inTurns(
      quick ? 3 : 5,
      async () => {
        const before = stage.cpuOfNode(app.pid) + stage.cpuOfPostgres()
        const done = await read(door.askers, (turn) => urls[turn] ?? '', quick ? 1.5 : 4)
        cpu += stage.cpuOfNode(app.pid) + stage.cpuOfPostgres() - before
        return done
      },
      () => read(limitDoor.askers, (turn) => `/${turn}`, quick ? 1 : 2),
    )
    const times = ours.flatMap((one) => one.times)
    const limits = limit.flatMap((one) => one.times)
    const n = times.length
    const at = `60 days at the door, ${clients} client${clients === 1 ? '' : 's'}`
    measured.push(
      figure(`p50, ${at}`, percentile(times, 0.5), 'ms', { n, limit: percentile(limits, 0.5) }),
      figure(`p99, ${at}`, percentile(times, 0.99), 'ms', {
        n,
        limit: percentile(limits, 0.99),
        ...(clients === 1 && { goal: { of: 'value' as const, atMost: 5 } }),
      }),
      figure(`rate, ${at}`, median(ours.map((one) => one.perSecond)), '/s', {
        n,
        limit: median(limit.map((one) => one.perSecond)),
      }),
      figure(`CPU of Node and PostgreSQL, ${at}`, cpu / n, 'µs', { n }),
    )
  }
  return measured
}

/** What the app answers, for the limit to answer the same. */
export async function bodiesOf(port: number, urls: readonly string[]) {
  using door = await openDoor(port, 1)
  const bodies: string[] = []
  for (const url of urls) {
    const reply = await door.askers[0]?.({ method: 'GET', url })
    if (reply?.status !== 200) throw new Error(`${url} was answered ${reply?.status} ${reply?.body}`)
    bodies.push(reply.body)
  }
  return bodies
}
