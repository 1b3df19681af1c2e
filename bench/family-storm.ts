/** Fifty families want three adjacent openings of one clinician with sixty: how long each waits, and whether all or none holds. */
import { randomUUID } from 'node:crypto'
import { checkBookings, fillClinic, type BenchClinician } from './clinic.ts'
import { openDoor, type Door, type Reply } from './door.ts'
import { figures, type Bench, type Measured } from './figure.ts'
import { percentile } from './machine.ts'
import { openStage, type Stage } from './stage.ts'

type Ask = Door['askers'][number]
const figure = figures('family-storm')
const families = 50
const blockUrl = '/api/scheduling/family-openings'

/** Of each clinician and half-hour visits sixty openings stay: seven half days of eight, and half of another. */
const sixtyEach = `
  with ranked as (
    select organization_id, practitioner_id, offering_id, day, part,
      case when day > current_date + 1 and cardinality(starts) = 8
        then row_number() over (partition by offering_id, day > current_date + 1 and cardinality(starts) = 8 order by day, part) end as place
    from scheduling.opening)
  merge into scheduling.opening o using ranked r
  on o.organization_id = r.organization_id and o.practitioner_id = r.practitioner_id and o.offering_id = r.offering_id
    and o.day = r.day and o.part = r.part
  when matched and coalesce(r.place, 9) > 8 then delete
  when matched and r.place = 8 then update set starts = o.starts[1:4]`

interface Set {
  stage: Stage
  headers: Record<string, string>
  patientIds: readonly string[]
  times: number[]
  wins: number
  refused: number
}

interface Block {
  visits: { offeringId: string; startsAt: string }[]
}

export async function run(bench: Bench): Promise<Measured[]> {
  await using stage = await openStage()
  const rounds = bench.quick ? 3 : 10
  const { clinicians, patientIds } = await fillClinic(stage, rounds + 1)
  await stage.sql(sixtyEach)
  const set: Set = { stage, headers: await stage.program(), patientIds, times: [], wins: 0, refused: 0 }
  const app = await stage.app()
  using door = await openDoor(app.port, families)
  let wins = 0
  for (const [round, clinician] of clinicians.entries()) {
    await storm(set, door, clinician)
    // The first round warms what is cold.
    if (round > 0) continue
    wins = set.wins
    set.times = []
    set.refused = 0
  }
  await checkBookings(stage, set.wins * 3)
  const n = set.times.length
  bench.note(
    `family-storm: ${set.wins * 3} visits of ${set.wins} families, three each; nobody left while a block was free`,
  )
  return [
    figure('p50, answer to one wish for three', percentile(set.times, 0.5), 'ms', { n }),
    figure('p99, answer to one wish for three', percentile(set.times, 0.99), 'ms', {
      n,
      goal: { of: 'value', atMost: 500 },
    }),
    figure('families that got their three, a round', (set.wins - wins) / rounds, 'of 50', { n: rounds }),
    figure('wishes that came too late, a round', set.refused / rounds, 'wishes', { n: rounds }),
  ]
}

/** All ask at once; who comes too late asks for what the refusal names, until nothing is left. Fails on anything else. */
async function storm(set: Set, door: Door, clinician: BenchClinician) {
  const [ask] = door.askers
  if (!ask) throw new Error('nobody asks')
  const shown = await blocksOf(ask, clinician)
  await Promise.all(
    door.askers.map(async (own, index) => {
      let wish = shown[(index * 7) % shown.length]
      while (wish) wish = await tryFor(set, own, wish)
    }),
  )
  const left = await blocksOf(ask, clinician)
  if (left.length > 0) throw new Error(`${left.length} blocks are free, and families left`)
}

/** Gives what to ask for next; undefined when they have their three, or nothing is left. */
async function tryFor(set: Set, ask: Ask, wish: Block): Promise<Block | undefined> {
  const began = performance.now()
  const reply = await ask({
    method: 'POST',
    url: '/api/scheduling/visit-groups',
    headers: { ...set.headers, 'idempotency-key': randomUUID() },
    body: JSON.stringify({
      kind: 'family',
      language: 'en',
      visits: wish.visits.map((visit, at) => ({ ...visit, patientId: set.patientIds[at] })),
    }),
  })
  set.times.push(performance.now() - began)
  if (reply.status === 200) {
    set.wins++
    return undefined
  }
  if (!isTaken(reply)) throw new Error(`a family was answered ${reply.status} ${reply.body.slice(0, 200)}`)
  set.refused++
  const { blocks } = JSON.parse(reply.body) as { blocks: Block[] }
  return blocks[set.refused % Math.max(1, blocks.length)]
}

const isTaken = ({ status, body }: Reply) => status === 409 && body.includes('"block_taken"')

async function blocksOf(ask: Ask, { office }: BenchClinician): Promise<Block[]> {
  const reply = await ask({ method: 'GET', url: `${blockUrl}?offeringId=${office}&count=3&days=62` })
  if (reply.status !== 200) throw new Error(`blocks were answered ${reply.status} ${reply.body}`)
  return (JSON.parse(reply.body) as { blocks: Block[] }).blocks
}
