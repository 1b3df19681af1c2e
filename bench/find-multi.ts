/** The first time at which a clinician, a room, a machine and an interpreter are free together, within 60 days, at the HTTP door. */
import { newId } from '../server/platform/ids.ts'
import { defineVisitType, offerVisit, reindexAll, relist, saveResource, setNeeds } from '../server/scheduling/index.ts'
import { fillClinic } from './clinic.ts'
import { keepBusy, openDoor } from './door.ts'
import { figures, type Bench, type Measured } from './figure.ts'
import { inTurns, median, percentile } from './machine.ts'
import { bodiesOf } from './openings.ts'
import { openStage, type Stage } from './stage.ts'

const figure = figures('find-multi')
const clients = 1

export async function run({ quick, note }: Bench): Promise<Measured[]> {
  await using stage = await openStage()
  const { clinicians, locationId } = await fillClinic(stage, quick ? 10 : 40)
  const { offeringIds, interpreterIds } = await offerEchoes(stage, locationId, clinicians.length)
  await occupy(stage, interpreterIds)
  await stage.sql('analyze')
  const app = await stage.app()
  const urls = offeringIds.map((id) => `/api/scheduling/offerings/${id}/openings?days=60&interpreter=es`)
  const bodies = await bodiesOf(app.port, urls)
  const all = await bodiesOf(
    app.port,
    urls.map((url) => url.replace('&interpreter=es', '')),
  )
  const openings = (body: string) =>
    (JSON.parse(body) as { days: { openings: string[] }[] }).days.flatMap((day) => day.openings)
  const [shown, without] = [bodies, all].map((some) => some.reduce((sum, body) => sum + openings(body).length, 0))
  if (!shown || !without || shown >= without) throw new Error(`${shown} of ${without} times have an interpreter`)
  const limitApp = await stage.limitApp(bodies)
  using door = await openDoor(app.port, clients)
  using limitDoor = await openDoor(limitApp.port, clients)
  let turn = 0
  const seconds = quick ? 2 : 4
  const ask = (urlOf: (turn: number) => string, at: typeof door) =>
    keepBusy(at.askers, seconds, async (asker) => {
      const reply = await asker({ method: 'GET', url: urlOf(turn++) })
      if (reply.status !== 200) throw new Error(`${reply.status} ${reply.body.slice(0, 200)}`)
    })
  await ask((n) => urls[n % urls.length] ?? '', door)
  const done = await inTurns(
    quick ? 3 : 5,
    () => ask((n) => urls[n % urls.length] ?? '', door),
    () => ask((n) => `/${n % urls.length}`, limitDoor),
  )
  const [times, limits] = [done.ours, done.limit].map((some) => some.flatMap((one) => one.times))
  const n = times?.length ?? 0
  note(`find-multi: ${shown} of ${without} times of ${urls.length} clinicians have room, machine and interpreter free`)
  return [
    figure('p50, first times of four', percentile(times ?? [], 0.5), 'ms', { n, limit: percentile(limits ?? [], 0.5) }),
    figure('p99, first times of four', percentile(times ?? [], 0.99), 'ms', {
      n,
      limit: percentile(limits ?? [], 0.99),
      goal: { of: 'value', atMost: 50 },
    }),
    figure('rate', median(done.ours.map((one) => one.perSecond)), '/s', {
      n,
      limit: median(done.limit.map((one) => one.perSecond)),
    }),
  ]
}

/** Every clinician offers an echo; the place has rooms, half as many machines, and three people who interpret Spanish. */
async function offerEchoes(stage: Stage, locationId: string, count: number) {
  const { organizationId, write } = stage
  const zone = 'America/New_York'
  return write(async (tx) => {
    const visitTypeId = await defineVisitType(tx, organizationId, { code: 'echo', name: { en: 'Echo', es: 'Eco' } })
    const at = { locationId, zone, features: ['echo'] }
    for (let number = 0; number < Math.ceil(count / 2); number++) {
      await saveResource(tx, organizationId, { kind: 'room', name: `Room ${number}`, ...at })
      if (number % 2 === 0) await saveResource(tx, organizationId, { kind: 'device', name: `Echo ${number}`, ...at })
    }
    await setNeeds(tx, organizationId, visitTypeId, [
      { kind: 'room', features: ['echo'] },
      { kind: 'device', features: ['echo'] },
    ])
    const roles = await tx
      .selectFrom('directory.practitionerRole')
      .where('organizationId', '=', organizationId)
      .select(['id', 'practitionerId'])
      .execute()
    const offeringIds: string[] = []
    for (const { id } of roles)
      offeringIds.push(
        await offerVisit(tx, organizationId, { practitionerRoleId: id, visitTypeId, minutes: 60, stepMinutes: 30 }),
      )
    const interpreterIds: string[] = []
    for (const name of ['Ana', 'Luz', 'Sol'])
      interpreterIds.push(
        await saveResource(tx, organizationId, {
          kind: 'interpreter',
          name,
          zone,
          features: ['es'],
          modality: 'phone',
          hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, fromMinute: 540, untilMinute: 1020 })),
        }),
      )
    await relist(tx, organizationId)
    for (const { practitionerId } of roles) await reindexAll(tx, organizationId, practitionerId, Temporal.Now.instant())
    return { offeringIds, interpreterIds }
  })
}

/** Two hours of three taken on each of 60 days: most times have nobody who interprets. */
async function occupy(stage: Stage, interpreterIds: readonly string[]) {
  await stage.sql(
    `insert into scheduling.taken_time (organization_id, resource_id, starts_at, ends_at, appointment_id)
     select $1, r, date_trunc('day', now()) + make_interval(days => d, hours => h), date_trunc('day', now()) + make_interval(days => d, hours => h + 2), $3
     from unnest($2::uuid[]) r, generate_series(0, 60) d, generate_series(13, 21, 3) h`,
    [stage.organizationId, interpreterIds, newId()],
  )
}
