/** The whole trail proved: every event read, hashed and compared, every seal and signature checked. */
import { sealAll } from '../server/platform/seal.ts'
import { verifyTrail } from '../server/platform/verify-trail.ts'
import { figures, type Bench, type Measured } from './figure.ts'
import { inTurns, median } from './machine.ts'
import { openStage } from './stage.ts'
import { copyLines, fillTrail, limitOfTrail } from './trail.ts'

const figure = figures('audit-verify')

export async function run({ quick, note }: Bench): Promise<Measured[]> {
  await using stage = await openStage()
  const count = quick ? 60_000 : 300_000
  await fillTrail(stage, count)
  await sealAll(stage.context)
  await stage.sql('vacuum analyze platform.audit_event, platform.audit_seal')
  await copyLines(stage)
  const costs: number[] = []
  const cpu = () => stage.cpuOfPostgres() + process.cpuUsage().user + process.cpuUsage().system
  const prove = async () => {
    const [began, spent] = [performance.now(), cpu()]
    const { events, broken } = await verifyTrail(stage.context, stage.organizationId)
    if (broken !== undefined || events !== count)
      throw new Error(`${events} of ${count} events: ${broken ?? 'too few'}`)
    costs.push((cpu() - spent) / count)
    return count / ((performance.now() - began) / 1000)
  }
  await prove()
  const done = await inTurns(quick ? 2 : 5, prove, () => limitOfTrail(stage))
  const [changed] = await stage.sql<{ id: string }>(
    `update platform.audit_event set actor_id = overlay(actor_id placing 'X' from 1 for 1)
     where id = (select id from platform.audit_event order by id offset $1 limit 1) returning id`,
    [Math.floor(count * 0.9)],
  )
  const { broken = '' } = await verifyTrail(stage.context, stage.organizationId)
  if (!changed || !broken.includes(changed.id)) throw new Error(`a changed byte was not found: ${broken}`)
  note(`audit-verify: one byte changed after that was found: ${broken}`)
  return [
    figure('events proved', median(done.ours), '/s', {
      n: count * done.ours.length,
      limit: median(done.limit.map(({ readAndHash }) => readAndHash)),
      goal: { of: 'value', atLeast: 100_000 },
    }),
    figure('CPU an event, both sides', median(costs), 'µs', { n: count }),
    figure('the same bytes hashed alone', median(done.limit.map(({ hashOnly }) => hashOnly)), '/s', { n: count }),
  ]
}
