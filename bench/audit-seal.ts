/** Sealing beside a clinic that writes 3,000 events a second: how long an event waits for its seal, and how fast a backlog goes. */
import { auditAll } from '../server/platform/audit.ts'
import { system } from '../server/platform/actor.ts'
import { within } from '../server/platform/db.ts'
import { sealAll, sealChore } from '../server/platform/seal.ts'
import { verifyTrail } from '../server/platform/verify-trail.ts'
import { figures, type Bench, type Measured } from './figure.ts'
import { percentile } from './machine.ts'
import { openStage, type Stage } from './stage.ts'
import { copyLines, fillTrail, limitOfTrail } from './trail.ts'

const figure = figures('audit-seal')
const goal = 3000
/** Rows of one transaction: a list that somebody opened. */
const rowsAtOnce = 10

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

export async function run({ quick, note }: Bench): Promise<Measured[]> {
  await using stage = await openStage()
  const backlog = quick ? 30_000 : 150_000
  await fillTrail(stage, backlog)
  const began = performance.now()
  await sealAll(stage.context)
  const sealedAt = backlog / ((performance.now() - began) / 1000)
  await copyLines(stage)
  const limit = await limitOfTrail(stage)
  const { written, seconds, tails } = await writeAndSeal(stage, quick ? 6 : 30)
  const proof = await verifyTrail(stage.context, stage.organizationId)
  if (proof.broken !== undefined || proof.events !== backlog + written)
    throw new Error(`${proof.events} of ${backlog + written} events are sealed: ${proof.broken ?? 'too few'}`)
  note(`audit-seal: ${written} events in ${proof.seals} seals, every one proved afterwards`)
  return [
    figure('events sealed while written', written / seconds, '/s', {
      n: written,
      goal: { of: 'value', atLeast: goal * 0.99 },
    }),
    figure('longest wait for a seal', Math.max(...tails) * 1000, 'ms', {
      n: tails.length,
      goal: { of: 'value', atMost: 2000 },
    }),
    figure('wait for a seal, median', percentile(tails, 0.5) * 1000, 'ms', { n: tails.length }),
    figure('backlog sealed', sealedAt, '/s', { n: backlog, limit: limit.readAndHash }),
  ]
}

/** Writes at the goal's rate while the chore runs as the worker runs it; looks ten times a second how old the tail is. */
async function writeAndSeal(stage: Stage, forSeconds: number) {
  const actor = system(stage.organizationId, 'bench')
  const deeds = Array.from({ length: rowsAtOnce }, (_, n) => ({
    action: 'read' as const,
    resourceType: 'Appointment',
    resourceId: `appointment-${n}`,
    fields: ['status'],
  }))
  let written = 0
  let isOver = false
  const began = performance.now()
  const elapsed = () => (performance.now() - began) / 1000
  async function writer() {
    while (elapsed() < forSeconds) {
      if (written >= elapsed() * goal) await pause(2)
      else {
        written += rowsAtOnce
        await within(stage.context.db, actor, (tx) => auditAll(tx, actor, deeds))
      }
    }
  }
  async function sealer() {
    while (!isOver) {
      await sealChore.run(stage.context)
      await pause(sealChore.everySeconds * 1000)
    }
  }
  const tails: number[] = []
  async function watcher() {
    const client = await stage.raw()
    for (; !isOver; await pause(100)) {
      const { rows } = await client.query<{ tail: string | null }>(
        `select extract(epoch from clock_timestamp() - uuid_extract_timestamp(event_id)) as tail from platform.audit_unsealed
         order by organization_id, event_id limit 1`,
      )
      tails.push(Number(rows[0]?.tail ?? 0))
    }
    await client.end()
  }
  const beside = [sealer(), watcher()]
  await Promise.all(Array.from({ length: 8 }, writer))
  const seconds = elapsed()
  isOver = true
  await Promise.all(beside)
  await sealAll(stage.context)
  return { written, seconds, tails }
}
