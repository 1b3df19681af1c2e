/** A rule on a thousand clinicians: how long until every opening follows it, there and back, while bookings go on. */
import { randomUUID } from 'node:crypto'
import { plan } from '../server/app.ts'
import type { StaffRole } from '../server/platform/actor.ts'
import { addDemoStaff } from '../server/people/index.ts'
import { fillClinic, openingsOf, type Opening } from './clinic.ts'
import { openDoor, type Door } from './door.ts'
import { figures, type Bench, type Measured } from './figure.ts'
import { median, percentile } from './machine.ts'
import { openStage, type Stage } from './stage.ts'

const figure = figures('rule-change')
const clinicianCount = 1000
const clients = 4

export async function run({ quick, note }: Bench): Promise<Measured[]> {
  await using stage = await openStage()
  const { clinicians, patientIds } = await fillClinic(stage, clinicianCount)
  const openings = await openingsOf(
    stage,
    clinicians.map(({ office }) => office),
  )
  const app = await stage.app()
  using door = await openDoor(app.port, clients)
  const [proposer, approver] = await signedIn(stage, app.port)
  const headers = await stage.program()
  // From this minute on: what lies behind the clock leaves the index with the first rule.
  const since = Math.ceil(Temporal.Now.instant().epochMilliseconds / 60_000) + 180
  const before = await count(stage, since)
  const booking = keepBooking(door, { openings, patientIds, headers })
  const [closing, opening]: [number[], number[]] = [[], []]
  let id = ''
  let version = 0
  for (let round = 0; round < (quick ? 2 : 4); round++) {
    ;({ id, version } = await approve(app.port, { proposer, approver, id, version, round }))
    closing.push(await follow(stage, id, version))
    await checkWeeks(stage)
    version = await putBack(app.port, approver, id, version)
    opening.push(await follow(stage, id, version))
  }
  const done = await booking.stop()
  const after = await count(stage, since)
  note(
    `rule-change: ${before} openings before, ${after} after, ${done.times.length} visits booked meanwhile, ${done.refused} refused by the rule`,
  )
  if (done.times.length === 0 || after < before - done.times.length * 4) throw new Error('openings are lost')
  return [
    figure('every second week of 1,000 clinicians closes', median(closing), 's', {
      n: closing.length,
      goal: { of: 'value', atMost: 2 },
    }),
    figure('and opens again', median(opening), 's', { n: opening.length, goal: { of: 'value', atMost: 2 } }),
    figure('the slowest of all', Math.max(...closing, ...opening), 's', { n: closing.length + opening.length }),
    figure('p99, a booking meanwhile', percentile(done.times, 0.99), 'ms', { n: done.times.length }),
  ]
}

/** Every second week is closed for everybody. */
const wish = {
  standing: 'holds',
  settings: { anchorOn: '2026-01-05', everyWeeks: 2 },
  fromDay: '2020-01-01',
  untilDay: null,
  why: 'Measured',
}

interface Turn {
  proposer: string
  approver: string
  id: string
  version: number
  round: number
}

async function approve(port: number, { proposer, approver, id, version, round }: Turn) {
  const scope = { placeId: null, clinicianId: null, visitTypeId: null }
  const kept =
    round === 0
      ? await ask(port, proposer, '', { kind: 'alternate_weeks', scope, ...wish })
      : await ask(port, proposer, `/${id}/versions`, { ...wish, version })
  await ask(port, proposer, `/${kept.id}/proposal`, { version: kept.version })
  return ask(port, approver, `/${kept.id}/decision`, { version: kept.version, approve: true })
}

const putBack = async (port: number, cookie: string, id: string, version: number) =>
  (await ask(port, cookie, `/${id}/return`, { version })).version

async function ask(port: number, cookie: string, path: string, body: object): Promise<{ id: string; version: number }> {
  const reply = await fetch(`http://127.0.0.1:${port}/api/scheduling/rules${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify(body),
  })
  if (reply.status !== 200) throw new Error(`${path}: ${reply.status} ${await reply.text()}`)
  return (await reply.json()) as { id: string; version: number }
}

/** Seconds until the listener, told of the fact, has done its work. */
async function follow(stage: Stage, ruleId: string, version: number): Promise<number> {
  const listener = plan.listeners.find(({ queue }) => queue === 'scheduling.follow-rule')
  if (!listener) throw new Error('nobody follows rules')
  const began = performance.now()
  await listener.work(stage.context, { event: 'rule.changed', organizationId: stage.organizationId, ruleId, version })
  return (performance.now() - began) / 1000
}

async function checkWeeks(stage: Stage) {
  const [found] = await stage.sql<{ closed: number; open: number }>(`
    select count(*) filter (where off)::int as closed, count(*) filter (where not off)::int as open
    from (select (date_trunc('week', day)::date - date '2026-01-05') / 7 % 2 <> 0 as off from scheduling.opening) o`)
  if (found?.closed !== 0 || found.open === 0) throw new Error(`the index did not follow: ${JSON.stringify(found)}`)
}

async function count(stage: Stage, since: number): Promise<number> {
  const [found] = await stage.sql<{ many: number }>(
    'select count(*)::int as many from scheduling.opening, unnest(starts) s where s >= $1',
    [since],
  )
  return found?.many ?? 0
}

interface Wishes {
  openings: readonly Opening[]
  patientIds: readonly string[]
  headers: Record<string, string>
}

/** Books different openings, far apart, until it is stopped; a refusal by the rule is an answer. */
function keepBooking(door: Door, { openings, patientIds, headers }: Wishes) {
  const times: number[] = []
  let [going, refused, turn] = [true, 0, 0]
  const loops = door.askers.map(async (own) => {
    while (going && turn < openings.length) {
      const wanted = openings[turn++]
      const began = performance.now()
      const reply = await own({
        method: 'POST',
        url: '/api/scheduling/appointments',
        headers: { ...headers, 'idempotency-key': randomUUID() },
        body: JSON.stringify({ ...wanted, patientId: patientIds[turn % patientIds.length], language: 'en' }),
      })
      if (reply.status === 200) times.push(performance.now() - began)
      else if (/rule_alternate_weeks|slot_taken/.test(reply.body)) refused++
      else throw new Error(`${reply.status} ${reply.body.slice(0, 200)}`)
    }
  })
  return {
    async stop() {
      going = false
      await Promise.all(loops)
      return { times, refused }
    },
  }
}

async function signedIn(stage: Stage, port: number): Promise<[string, string]> {
  await addDemoStaff(stage.context, stage.organizationId)
  const cookieOf = async (role: StaffRole) => {
    const reply = await fetch(`http://127.0.0.1:${port}/api/people/demo-session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ role }),
    })
    const [cookie = ''] = (reply.headers.get('set-cookie') ?? '').split(';')
    return cookie
  }
  return [await cookieOf('scheduler'), await cookieOf('practice_admin')]
}
