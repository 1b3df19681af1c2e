/** 'Why not this time?' for a patient and a time: free ones, taken ones, nights and the far future, as the desk asks it. */
import { addDemoStaff } from '../server/people/index.ts'
import { fillClinic, openingsOf } from './clinic.ts'
import { keepBusy, openDoor } from './door.ts'
import { figures, type Bench, type Measured } from './figure.ts'
import { inTurns, percentile } from './machine.ts'
import { bodiesOf } from './openings.ts'
import { openStage, type Stage } from './stage.ts'

const figure = figures('why-not')

export async function run({ quick, note }: Bench): Promise<Measured[]> {
  await using stage = await openStage()
  const { clinicians, patientIds } = await fillClinic(stage, quick ? 10 : 40)
  const urls = await questions(stage, clinicians, patientIds)
  const app = await stage.app()
  const headers = await atTheDesk(stage, app.port)
  const [first = ''] = urls
  const [body = ''] = await bodiesOf(app.port, ['/healthz'])
  const limitApp = await stage.limitApp([body])
  using door = await openDoor(app.port, 1)
  using limitDoor = await openDoor(limitApp.port, 1)
  const codes = new Map<string, number>()
  let turn = 0
  const seconds = quick ? 2 : 4
  const ours = () =>
    keepBusy(door.askers, seconds, async (ask) => {
      const reply = await ask({ method: 'GET', url: urls[turn++ % urls.length] ?? first, headers })
      if (reply.status !== 200) throw new Error(`${reply.status} ${reply.body.slice(0, 200)}`)
      const { code } = JSON.parse(reply.body) as { code: string }
      codes.set(code, (codes.get(code) ?? 0) + 1)
    })
  await ours()
  const done = await inTurns(quick ? 3 : 5, ours, () =>
    keepBusy(limitDoor.askers, seconds, async (ask) => {
      await ask({ method: 'GET', url: '/0' })
    }),
  )
  const [times, limits] = [done.ours, done.limit].map((some) => some.flatMap((one) => one.times))
  const n = times?.length ?? 0
  if (codes.size < 3) throw new Error(`only ${[...codes.keys()].join(', ')}`)
  note(`why-not: ${[...codes].map(([code, many]) => `${code} ${many}`).join(', ')}`)
  return [
    figure('p50, one sentence', percentile(times ?? [], 0.5), 'ms', { n, limit: percentile(limits ?? [], 0.5) }),
    figure('p99, one sentence', percentile(times ?? [], 0.99), 'ms', {
      n,
      limit: percentile(limits ?? [], 0.99),
      goal: { of: 'value', atMost: 10 },
    }),
  ]
}

/** Of each clinician a free time, one at night, one long ago and one too far ahead, each for a patient. */
async function questions(
  stage: Stage,
  clinicians: readonly { office: string }[],
  patientIds: readonly string[],
): Promise<string[]> {
  const openings = await openingsOf(
    stage,
    clinicians.map(({ office }) => office),
  )
  return openings.slice(0, 400).flatMap(({ offeringId, startsAt }, at) => {
    const patientId = patientIds[at % patientIds.length]
    return [0, 12 * 60, -400 * 1440, 400 * 1440].map(
      (minutes) =>
        `/api/scheduling/why-not?offeringId=${offeringId}&startsAt=${later(startsAt, minutes)}&patientId=${patientId}`,
    )
  })
}

/** The cookie of somebody at the front desk. */
async function atTheDesk(stage: Stage, port: number) {
  await addDemoStaff(stage.context, stage.organizationId)
  const reply = await fetch(`http://127.0.0.1:${port}/api/people/demo-session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ role: 'front_desk' }),
  })
  const [cookie = ''] = (reply.headers.get('set-cookie') ?? '').split(';')
  if (cookie === '') throw new Error(`no session: ${reply.status} ${await reply.text()}`)
  return { cookie }
}

const later = (instant: string, minutes: number) => Temporal.Instant.from(instant).add({ minutes }).toString()
