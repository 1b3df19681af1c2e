/** Different openings booked at the HTTP door by a program, against raw rows into the same exclusion constraint. */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { checkBookings, fillClinic, openingsOf, type Opening } from './clinic.ts'
import { keepBusy, openDoor, type Reply, type Request } from './door.ts'
import { figures, type Bench, type Measured } from './figure.ts'
import { inTurns, median, percentile } from './machine.ts'
import { openStage, type Stage } from './stage.ts'

const figure = figures('booking')

/** Books an opening as a program does. */
export function bookingRequest(
  { offeringId, startsAt }: Opening,
  patientId: string,
  headers: Record<string, string>,
): Request {
  return {
    method: 'POST',
    url: '/api/scheduling/appointments',
    headers: { ...headers, 'idempotency-key': randomUUID() },
    body: JSON.stringify({ offeringId, startsAt, patientId, language: 'en' }),
  }
}

/** A table with the constraint of the product's own and nothing else, and connections that write to it a row a commit. */
export async function rawTable(stage: Stage, connections: number) {
  await stage.sql('create schema if not exists bench')
  await stage.sql(`create table if not exists bench.taken (organization_id uuid not null, id uuid not null default uuidv7(), resource_id uuid not null,
    starts_at timestamptz not null, ends_at timestamptz not null, primary key (organization_id, id),
    exclude using gist (organization_id with =, resource_id with =, tstzrange(starts_at, ends_at) with &&))`)
  const clients = await Promise.all(Array.from({ length: connections }, () => stage.raw()))
  return {
    clients,
    /** Whether the row was written. */
    async take(client: pg.Client, resourceId: string, startMinute: number, minutes = 30) {
      const { rowCount } = await client.query({
        name: 'take',
        text: `insert into bench.taken (organization_id, resource_id, starts_at, ends_at)
          values ($1, $2, to_timestamp($3::int * 60.0), to_timestamp($4::int * 60.0)) on conflict do nothing returning id`,
        values: [stage.organizationId, resourceId, startMinute, startMinute + minutes],
      })
      return rowCount === 1
    },
    end: () => Promise.all(clients.map((client) => client.end())),
  }
}

export async function run({ quick, note }: Bench): Promise<Measured[]> {
  await using stage = await openStage()
  const { clinicians, patientIds } = await fillClinic(stage, quick ? 40 : 100)
  const openings = await openingsOf(
    stage,
    clinicians.map(({ office }) => office),
  )
  const headers = await stage.program()
  const app = await stage.app()
  const refused: string[] = []
  let booked = 0
  let next = 0
  let wasShort = false
  const book = (ask: (request: Request) => Promise<Reply>) => async () => {
    const opening = openings[next++]
    if (!opening) {
      wasShort = true
      return false
    }
    const reply = await ask(bookingRequest(opening, patientIds[next % patientIds.length] ?? '', headers))
    if (reply.status === 200) booked++
    else refused.push(`${reply.status} ${reply.body.slice(0, 200)}`)
    return reply.status === 200
  }
  const measured: Measured[] = []
  const seconds = quick ? 1.5 : 4
  {
    using door = await openDoor(app.port, 8)
    await keepBusy(door.askers, quick ? 2 : 5, (ask) => book(ask)())
  }
  let rawMinute = 0
  for (const clients of [1, 8, 16]) {
    using door = await openDoor(app.port, clients)
    const raw = await rawTable(stage, clients)
    const cpu = { node: 0, postgres: 0, raw: 0 }
    const { ours, limit } = await inTurns(
      quick ? 3 : 5,
      async () => {
        const before = { node: stage.cpuOfNode(app.pid), postgres: stage.cpuOfPostgres() }
        const done = await keepBusy(door.askers, seconds, (ask) => book(ask)())
        cpu.node += stage.cpuOfNode(app.pid) - before.node
        cpu.postgres += stage.cpuOfPostgres() - before.postgres
        return done
      },
      async () => {
        const before = stage.cpuOfPostgres()
        const done = await keepBusy(raw.clients, seconds, async (client) => {
          rawMinute++
          const clinician = clinicians[rawMinute % clinicians.length]?.id ?? ''
          if (!(await raw.take(client, clinician, 30_000_000 + Math.floor(rawMinute / clinicians.length) * 30)))
            throw new Error('a raw row was refused')
        })
        cpu.raw += stage.cpuOfPostgres() - before
        return done
      },
    )
    await raw.end()
    const times = ours.flatMap((one) => one.times)
    const n = times.length
    const at = `${clients} client${clients === 1 ? '' : 's'}`
    measured.push(
      figure(`rate, ${at}`, median(ours.map((one) => one.perSecond)), '/s', {
        n,
        limit: median(limit.map((one) => one.perSecond)),
        goal: { of: 'ratio', atLeast: 1 / 3 },
      }),
      figure(`p50, ${at}`, percentile(times, 0.5), 'ms', {
        n,
        limit: percentile(
          limit.flatMap((one) => one.times),
          0.5,
        ),
      }),
      figure(`p99, ${at}`, percentile(times, 0.99), 'ms', {
        n,
        limit: percentile(
          limit.flatMap((one) => one.times),
          0.99,
        ),
      }),
      figure(`CPU of Node a booking, ${at}`, cpu.node / n, 'µs', { n }),
      figure(`CPU of PostgreSQL a booking, ${at}`, cpu.postgres / n, 'µs', {
        n,
        limit: cpu.raw / limit.reduce((sum, one) => sum + one.times.length, 0),
      }),
    )
  }
  if (wasShort) throw new Error('there were too few openings: the rates are of less work than was asked')
  if (refused.length > 0)
    throw new Error(`${refused.length} distinct openings were refused: ${refused.slice(0, 3).join('; ')}`)
  await checkBookings(stage, booked)
  measured.push(figure('distinct openings refused', 0, 'of all', { n: booked, goal: { of: 'value', atMost: 0 } }))
  note(`booking: ${booked} different openings booked, none refused, none overlap, each with its audit row`)
  return measured
}
