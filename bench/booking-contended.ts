/** Many clients want one opening at once, exactly or overlapping in part: who wins, how long the others wait, and whether what is shown can be booked. */
import { bookingRequest, rawTable } from './booking.ts'
import { checkBookings, fillClinic, instantOf, openingsOf, type BenchClinician, type Opening } from './clinic.ts'
import { keepBusy, openDoor, type Door, type Reply } from './door.ts'
import { figures, type Bench, type Measured } from './figure.ts'
import { percentile } from './machine.ts'
import { openStage, type Stage } from './stage.ts'

const figure = figures('booking-contended')

interface Set {
  stage: Stage
  headers: Record<string, string>
  patientIds: readonly string[]
  /** Four half hours in a row of one clinician, free at the beginning, a different one each time. */
  nextSpan(): { clinician: BenchClinician; minutes: number[] }
  /** Bookings that were confirmed so far. */
  booked: number
}

export async function run(bench: Bench): Promise<Measured[]> {
  await using stage = await openStage()
  const { clinicians, patientIds } = await fillClinic(stage, bench.quick ? 12 : 30)
  const spans = await freeSpans(stage, clinicians)
  const set: Set = {
    stage,
    patientIds,
    headers: await stage.program(),
    booked: 0,
    nextSpan() {
      const span = spans.shift()
      if (!span) throw new Error('the clinic has no free time left to fight for')
      return span
    },
  }
  const app = await stage.app()
  {
    using door = await openDoor(app.port, 16)
    for (let round = 0; round < 10; round++) await storm(set, door, 'partial')
  }
  const measured: Measured[] = []
  for (const clients of [16, 64, 200]) {
    using door = await openDoor(app.port, clients)
    for (const kind of ['exact', 'partial'] as const)
      measured.push(...(await contend(set, door, kind, bench.quick ? 5 : 15)))
  }
  using door = await openDoor(app.port, 8)
  measured.push(...(await phantoms(set, door, clinicians, bench.quick ? 200 : 1000)))
  await checkBookings(stage, set.booked)
  bench.note(`booking-contended: ${set.booked} visits, none overlap; every refusal was of time that somebody else got`)
  return measured
}

/** Rounds of ours and of the raw constraint in turns. */
async function contend(set: Set, door: Door, kind: 'exact' | 'partial', rounds: number): Promise<Measured[]> {
  const clients = door.askers.length
  const raw = await rawTable(set.stage, clients)
  const times: { ours: number[]; raw: number[] } = { ours: [], raw: [] }
  let wins = 0
  for (let round = 0; round < rounds; round++) {
    const ours = await storm(set, door, kind)
    times.ours.push(...ours.times)
    wins += ours.wins
    const base = 40_000_000 + Math.floor(Math.random() * 9_000_000)
    const clinician = set.nextSpan().clinician.id
    const done = await Promise.all(
      raw.clients.map(async (client, index) => {
        const { at, minutes } = wish(kind, index)
        const began = performance.now()
        const won = await raw.take(client, clinician, base + at, minutes)
        times.raw.push(performance.now() - began)
        return won
      }),
    )
    if (!done.includes(true)) throw new Error('nobody won a raw round')
  }
  await raw.end()
  const what = `${clients} clients, ${kind === 'exact' ? 'one opening' : 'overlapping in part'}`
  const n = times.ours.length
  return [
    figure(`p50, ${what}`, percentile(times.ours, 0.5), 'ms', { n, limit: percentile(times.raw, 0.5) }),
    figure(`p99, ${what}`, percentile(times.ours, 0.99), 'ms', {
      n,
      limit: percentile(times.raw, 0.99),
      goal: { of: 'value', atMost: 250 },
    }),
    figure(`winners a round, ${what}`, wins / rounds, 'visits', {
      n: rounds,
      ...(kind === 'exact' && { goal: { of: 'value' as const, atLeast: 1, atMost: 1 } }),
    }),
  ]
}

/** What the client of this number wants, in minutes from the second half hour of the span. */
function wish(kind: 'exact' | 'partial', index: number) {
  if (kind === 'exact') return { at: 0, minutes: 30 }
  const wishes = [
    { at: 0, minutes: 30 },
    { at: 0, minutes: 60 },
    { at: -30, minutes: 60 },
    { at: 30, minutes: 60 },
    { at: 30, minutes: 30 },
  ]
  return wishes[index % wishes.length] ?? { at: 0, minutes: 30 }
}

/** All clients ask at once. Fails unless somebody wins, winners do not overlap, and each who is refused overlaps a winner. */
async function storm(set: Set, door: Door, kind: 'exact' | 'partial') {
  const {
    clinician,
    minutes: [, second = 0],
  } = set.nextSpan()
  const times: number[] = []
  const asked = await Promise.all(
    door.askers.map(async (ask, index) => {
      const { at, minutes } = wish(kind, index)
      const start = second + at
      const opening: Opening = {
        offeringId: minutes === 60 ? clinician.long : clinician.office,
        startsAt: instantOf(start),
      }
      const began = performance.now()
      const reply = await ask(bookingRequest(opening, set.patientIds[index % set.patientIds.length] ?? '', set.headers))
      times.push(performance.now() - began)
      return { start, end: start + minutes, reply }
    }),
  )
  const won = asked.filter(({ reply }) => reply.status === 200)
  const lost = asked.filter(({ reply }) => reply.status !== 200)
  if (won.length === 0) throw new Error(`nobody won: ${asked[0]?.reply.body}`)
  for (const one of lost) {
    if (!isTaken(one.reply)) throw new Error(`a rival was answered ${one.reply.status} ${one.reply.body.slice(0, 200)}`)
    if (!won.some((other) => one.start < other.end && other.start < one.end))
      throw new Error('a rival was refused time that nobody got')
  }
  if (kind === 'exact' && won.length !== 1) throw new Error(`${won.length} clients won one opening`)
  set.booked += won.length
  return { times, wins: won.length }
}

const isTaken = ({ status, body }: Reply) => status === 409 && body.includes('"slot_taken"')

/** Shows openings as a page does, then books one of them: an opening that was shown but is not there is a phantom. */
async function phantoms(
  set: Set,
  door: Door,
  clinicians: readonly BenchClinician[],
  most: number,
): Promise<Measured[]> {
  const count = async (own: boolean) => {
    const tally = { shown: 0, gone: 0 }
    await keepBusy(door.askers, 20, async (ask, index) => {
      if (tally.shown >= most) return false
      const clinician = clinicians[own ? index % clinicians.length : 0]
      const listed = await ask({
        method: 'GET',
        url: `/api/scheduling/offerings/${clinician?.office}/openings?days=60`,
      })
      if (listed.status !== 200) throw new Error(`openings were answered ${listed.status} ${listed.body}`)
      const openings = (JSON.parse(listed.body) as { days: { openings: string[] }[] }).days.flatMap(
        (day) => day.openings,
      )
      const startsAt = openings[Math.floor(Math.random() * openings.length)]
      if (!startsAt) return false
      const reply = await ask(
        bookingRequest({ offeringId: clinician?.office ?? '', startsAt }, set.patientIds[0] ?? '', set.headers),
      )
      tally.shown++
      if (reply.status === 200) set.booked++
      else if (isTaken(reply)) tally.gone++
      else throw new Error(`a booking was answered ${reply.status} ${reply.body.slice(0, 200)}`)
      return true
    })
    return tally
  }
  const alone = await count(true)
  const rivals = await count(false)
  return [
    figure('phantoms: shown, nobody else books, not bookable', (100 * alone.gone) / alone.shown, '%', {
      n: alone.shown,
      goal: { of: 'value', atMost: 0 },
    }),
    figure('shown, then lost to one of 7 rivals of the same clinician', (100 * rivals.gone) / rivals.shown, '%', {
      n: rivals.shown,
    }),
  ]
}

/** Spans of two hours apart from each other, all clinicians in turns. */
async function freeSpans(stage: Stage, clinicians: readonly BenchClinician[]) {
  const byId = new Map(clinicians.map((one) => [one.office, one]))
  const starts = new Map<string, number[]>()
  for (const { offeringId, startsAt } of await openingsOf(stage, [...byId.keys()])) {
    const minute = Temporal.Instant.from(startsAt).epochMilliseconds / 60_000
    starts.set(offeringId, [...(starts.get(offeringId) ?? []), minute])
  }
  return [...starts]
    .flatMap(([offeringId, minutes]) => {
      const clinician = byId.get(offeringId)
      const spans = []
      for (let at = 0; clinician && at + 4 <= minutes.length;) {
        const span = minutes.slice(at, at + 4)
        const isWhole = (span[3] ?? 0) - (span[0] ?? 0) === 90
        if (isWhole) spans.push({ clinician, minutes: span })
        at += isWhole ? 4 : 1
      }
      return spans
    })
    .sort((a, b) => (a.minutes[0] ?? 0) - (b.minutes[0] ?? 0))
}
