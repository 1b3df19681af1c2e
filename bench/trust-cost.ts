/** What permission, row-level security and the trail cost together: the same work with all three, and without any. */
import { join } from 'node:path'
import { bookingRequest } from './booking.ts'
import { checkBookings, fillClinic, openingsOf } from './clinic.ts'
import { keepBusy, openDoor, type Request, type Run } from './door.ts'
import { figures, type Bench, type Measured } from './figure.ts'
import { inTurns, median } from './machine.ts'
import { openStage, type Stage } from './stage.ts'

const figure = figures('trust-cost')
const clients = 8

export async function run({ quick, note }: Bench): Promise<Measured[]> {
  await using trusting = await openStage()
  await using open = await openStage()
  const [on, off] = [await furnish(trusting, quick), await furnish(open, quick, true)]
  const measured: Measured[] = []
  const compare = async (what: keyof typeof on.work, most: number) => {
    const seconds = quick ? 2 : 4
    await on.run(what, 1)
    await off.run(what, 1)
    const done = await inTurns(
      quick ? 5 : 9,
      () => on.run(what, seconds),
      () => off.run(what, seconds),
    )
    // Each round against the one beside it: what else the machine does falls on both.
    const shares = done.ours.map((one, index) => 100 * (1 - one.perSecond / (done.limit[index]?.perSecond ?? 1)))
    const n = done.ours.reduce((sum, { times }) => sum + times.length, 0)
    measured.push(
      figure(`rate of ${what}, with all of it`, median(done.ours.map((one) => one.perSecond)), '/s', {
        n,
        limit: median(done.limit.map((one) => one.perSecond)),
      }),
      figure(`its cost to ${what}`, median(shares), '%', { n, goal: { of: 'value', atMost: most } }),
    )
  }
  try {
    await compare('searches for care', 30)
    await compare('bookings', 30)
    await compare('record reads', 50)
    const events = await countEvents(trusting)
    if (events === 0) throw new Error('nothing was written to the trail where it should be')
    if ((await countEvents(open)) > 0) throw new Error('the trail was written where it should not be')
    await checkBookings(trusting, on.booked())
    note(`trust-cost: ${events} events in the trail of the one, none in that of the other`)
  } finally {
    on.end()
    off.end()
  }
  return measured
}

/** A clinic with some visits, its app, and clients at the door of it. */
async function furnish(stage: Stage, quick: boolean, withoutTrust = false) {
  const { clinicians, patientIds } = await fillClinic(stage, quick ? 60 : 120)
  const openings = await openingsOf(
    stage,
    clinicians.map(({ office }) => office),
  )
  const headers = await stage.program()
  if (withoutTrust) await dropTrail(stage)
  const flags = withoutTrust ? ['--import', join(import.meta.dirname, 'without-trust.ts')] : []
  const app = await stage.app(flags, withoutTrust ? { pastTheWalls: stage.superuser } : {})
  const door = await openDoor(app.port, clients)
  let [next, booked, asked] = [0, 0, 0]
  const work = {
    'searches for care': (): Request => ({ method: 'GET', url: careUrls[asked++ % careUrls.length] ?? '' }),
    bookings: (): Request | undefined => {
      const opening = openings[next++]
      return opening && bookingRequest(opening, patientIds[next % patientIds.length] ?? '', headers)
    },
    'record reads': (): Request => ({
      method: 'GET',
      url: `/api/scheduling/patients/${patientIds[asked++ % patientIds.length]}`,
      headers,
    }),
  }
  return {
    work,
    booked: () => booked,
    end: () => door[Symbol.dispose](),
    run: (what: keyof typeof work, seconds: number): Promise<Run> =>
      keepBusy(door.askers, seconds, async (ask) => {
        const request = work[what]()
        if (!request) throw new Error('there were too few openings')
        const { status, body } = await ask(request)
        if (status !== 200) throw new Error(`${request.url} was answered ${status} ${body.slice(0, 200)}`)
        if (what === 'bookings') booked++
      }),
  }
}

const careUrls = ['', 'q=family+doctor', 'newPatient=true', 'part=morning', 'q=Dr+Number7'].map(
  (query) => `/api/scheduling/care?${query}`,
)

/** A booking writes its trail inside its own statement: rows that come are let fall. */
async function dropTrail(stage: Stage) {
  await stage.sql('create schema if not exists bench')
  await stage.sql(`create function bench.let_fall() returns trigger language plpgsql as 'begin return null; end'`)
  for (const table of ['audit_event', 'audit_unsealed'])
    await stage.sql(
      `create trigger let_fall before insert on platform.${table} for each row execute function bench.let_fall()`,
    )
}

async function countEvents(stage: Stage): Promise<number> {
  const [row] = await stage.sql<{ count: string }>(
    `select count(*) from platform.audit_event where actor_kind = 'client'`,
  )
  return Number(row?.count)
}
