/** Searches among a million practitioners with 60 days of openings, and bookings that keep their index in step. */
import { addPatients, openingsOf } from './clinic.ts'
import { bookingRequest } from './booking.ts'
import { keepBusy, openDoor } from './door.ts'
import { figures, type Bench, type Measured } from './figure.ts'
import { searchDirectory } from './find-care.ts'
import { openStage, type Stage } from './stage.ts'

const figure = figures('find-care-1m')
const clients = 16

export async function run(bench: Bench): Promise<Measured[]> {
  const size = bench.quick ? 20_000 : 1_000_000
  // What fills the tables in minutes; nothing that answers is set otherwise than at a site.
  await using stage = await openStage({ maintenance_work_mem: '1GB', max_wal_size: '4GB' })
  const searches = await searchDirectory(bench, stage, { size, atMost: { p99: 100 }, figure })
  return [...searches, ...(await book(bench, stage, size))]
}

async function book({ quick, note }: Bench, stage: Stage, size: number): Promise<Measured[]> {
  const patientIds = await addPatients(stage)
  const offerings = await stage.sql<{ id: string }>(
    `select id from scheduling.offering where mode = 'in_person' order by hashtext(id::text) limit 400`,
  )
  const openings = await openingsOf(
    stage,
    offerings.map(({ id }) => id),
  )
  const headers = await stage.program()
  const app = await stage.app()
  using door = await openDoor(app.port, clients)
  let next = 0
  const refused: string[] = []
  const keep = (seconds: number) =>
    keepBusy(door.askers, seconds, async (ask) => {
      const opening = openings[next++]
      if (!opening) throw new Error('there are too few openings to book')
      const reply = await ask(bookingRequest(opening, patientIds[next % patientIds.length] ?? '', headers))
      if (reply.status !== 200) refused.push(`${reply.status} ${reply.body.slice(0, 200)}`)
    })
  await keep(quick ? 1 : 3)
  const done = await keep(quick ? 3 : 10)
  if (refused.length > 0) throw new Error(`${refused.length} bookings were refused: ${refused[0]}`)
  const [found] = await stage.sql<{ behind: number; booked: number }>(`
    select count(*)::int as booked, count(*) filter (where exists (
      select from scheduling.opening p where p.offering_id = a.offering_id
        and extract(epoch from a.starts_at) / 60 = any (p.starts)))::int as behind from scheduling.appointment a`)
  if (found?.behind !== 0) throw new Error(`${found?.behind} booked times are still open in the index`)
  note(`find-care-1m: ${found.booked} visits booked`)
  return [
    figure(`visits booked, the index in step, ${clients} clients, ${size} practitioners`, done.perSecond, '/s', {
      n: done.times.length,
      goal: { of: 'value', atLeast: 500 },
    }),
  ]
}
