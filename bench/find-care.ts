/** Mixed searches for care at the HTTP door, in directories of growing size, against one keyed read of the same answers. */
import { openDoor, keepBusy } from './door.ts'
import { familyNames, fillDirectory } from './directory.ts'
import { figures, type Bench, type Measured } from './figure.ts'
import { inTurns, median, percentile } from './machine.ts'
import { bodiesOf } from './openings.ts'
import { openStage, type Stage } from './stage.ts'

const figure = figures('find-care')
/** A closed loop of more clients than cores: its times are those of a queue, its rate is what the machine can do. */
const crowd = 4

/** What people ask for, by kind; all kinds come equally often. */
export function searches(planId: string): Record<string, string[]> {
  const day = (ahead: number) => Temporal.Now.plainDateISO('UTC').add({ days: ahead }).toString()
  return {
    'everybody, earliest': ['', 'newPatient=true'],
    'words of a specialty': ['q=heart+doctor', 'q=skin+rash', 'q=pediatrician', 'q=family+doctor&language=en'],
    'a reason in Spanish': ['q=control+de+ni%C3%B1o+sano&language=es', 'q=dolor+de+espalda&language=es'],
    plan: [`planId=${planId}`, `q=heart+doctor&planId=${planId}`],
    language: ['speaks=es', 'speaks=vi&q=family+doctor'],
    gender: ['gender=female', 'gender=male&q=pediatrician'],
    distance: [
      'near=02110&withinMiles=10&sort=distance',
      'near=60601&sort=distance',
      'near=90012&withinMiles=25&q=heart+doctor',
    ],
    'date and part of day': [
      `from=${day(7)}`,
      `from=${day(14)}&part=morning`,
      'part=afternoon',
      `part=morning&q=family+doctor&from=${day(3)}`,
    ],
    name: familyNames.slice(0, 6).map((name) => `q=Dr+${name}`),
    'many at once': [
      `q=family+doctor&planId=${planId}&speaks=es&gender=female&near=02110&withinMiles=25&newPatient=true&part=morning`,
      `q=pediatrician&mode=video&planId=${planId}`,
    ],
  }
}

interface CareReply {
  results: { offering: { id: string }; openings: string[] }[]
}

export async function run(bench: Bench): Promise<Measured[]> {
  const measured: Measured[] = []
  for (const size of bench.quick ? [1_000, 10_000] : [1_000, 10_000, 100_000]) {
    await using stage = await openStage()
    measured.push(...(await searchDirectory(bench, stage, { size, atMost: { p50: 5, p99: 50 }, figure })))
  }
  return measured
}

interface Asked {
  size: number
  /** Milliseconds, of one search at a time. */
  atMost: { p50?: number; p99: number }
  figure: ReturnType<typeof figures>
}

/** Fills a directory of that size and searches it. */
export async function searchDirectory(
  { quick, note }: Bench,
  stage: Stage,
  { size, atMost, figure }: Asked,
): Promise<Measured[]> {
  const began = performance.now()
  const { planId } = await fillDirectory(stage, size)
  note(`find-care: ${size} practitioners made in ${((performance.now() - began) / 1000).toFixed(0)} s`)
  const kinds = Object.entries(searches(planId)).map(([kind, queries]) => ({
    kind,
    urls: queries.map((query) => `/api/scheduling/care?${query}`),
  }))
  const all = kinds.flatMap(({ kind, urls }) => urls.map((url) => ({ kind, url })))
  const app = await stage.app()
  const bodies = await bodiesOf(
    app.port,
    all.map(({ url }) => url),
  )
  const empty = all.filter((_, index) => (JSON.parse(bodies[index] ?? '') as CareReply).results.length === 0)
  if (empty.length > all.length / 4) throw new Error(`searches found nobody: ${empty.map(({ url }) => url).join(' ')}`)
  if (empty.length > 0) note(`find-care: nobody fits ${empty.map(({ url }) => url).join(' ')}`)
  const phantoms = await countPhantoms(app.port, bodies)
  const limitApp = await stage.limitApp(bodies)
  using door = await openDoor(app.port, crowd)
  using limitDoor = await openDoor(limitApp.port, crowd)
  const ask = async (asker: (typeof door.askers)[number], url: string) => {
    const reply = await asker({ method: 'GET', url })
    if (reply.status !== 200) throw new Error(`${url} was answered ${reply.status} ${reply.body.slice(0, 200)}`)
  }
  const timesOf = new Map<string, number[]>(kinds.map(({ kind }) => [kind, []]))
  const mixed = (clients: number, seconds: number) =>
    keepBusy(door.askers.slice(0, clients), seconds, async (asker) => {
      const { urls, kind } = kinds[Math.floor(Math.random() * kinds.length)] ?? { urls: [], kind: '' }
      const at = performance.now()
      await ask(asker, urls[Math.floor(Math.random() * urls.length)] ?? '')
      if (clients === 1) timesOf.get(kind)?.push(performance.now() - at)
    })
  await mixed(crowd, 3)
  const measured: Measured[] = []
  const at = `${size} practitioners`
  for (const clients of [1, crowd]) {
    let cpu = 0
    const { ours, limit } = await inTurns(
      quick ? 3 : 5,
      async () => {
        const before = stage.cpuOfNode(app.pid) + stage.cpuOfPostgres()
        const done = await mixed(clients, quick ? 3 : 6)
        cpu += stage.cpuOfNode(app.pid) + stage.cpuOfPostgres() - before
        return done
      },
      () =>
        keepBusy(limitDoor.askers.slice(0, clients), quick ? 1 : 2, (asker) =>
          ask(asker, `/${Math.floor(Math.random() * all.length)}`),
        ),
    )
    const times = ours.flatMap((one) => one.times)
    const limits = limit.flatMap((one) => one.times)
    const n = times.length
    const who = `${at}, ${clients === 1 ? 'one search at a time' : `${clients} clients`}`
    const time = (name: string, share: number, atMost: number | undefined) =>
      figure(`${name}, ${who}`, percentile(times, share), 'ms', {
        n,
        limit: percentile(limits, share),
        ...(clients === 1 && atMost !== undefined && { goal: { of: 'value' as const, atMost } }),
      })
    measured.push(
      time('p50', 0.5, atMost.p50),
      time('p99', 0.99, atMost.p99),
      figure(`rate, ${who}`, median(ours.map((one) => one.perSecond)), '/s', {
        n,
        limit: median(limit.map((one) => one.perSecond)),
      }),
      figure(`CPU of Node and PostgreSQL, ${who}`, cpu / n, 'µs', { n }),
    )
  }
  return [
    ...measured,
    ...[...timesOf].map(([kind, of]) => figure(`p99, ${kind}, ${at}`, percentile(of, 0.99), 'ms', { n: of.length })),
    figure(`phantoms: shown, asked again, not there, ${at}`, (100 * phantoms.gone) / phantoms.shown, '%', {
      n: phantoms.shown,
      goal: { of: 'value', atMost: 0 },
    }),
  ]
}

/** Asks for the openings of what a search shows: each opening shown must be among them while nobody books. */
async function countPhantoms(port: number, bodies: readonly string[]) {
  using door = await openDoor(port, 1)
  const tally = { shown: 0, gone: 0 }
  for (const body of bodies)
    for (const { offering, openings } of (JSON.parse(body) as CareReply).results.slice(0, 3)) {
      const reply = await door.askers[0]?.({
        method: 'GET',
        url: `/api/scheduling/offerings/${offering.id}/openings?days=62`,
      })
      tally.shown += openings.length
      tally.gone += openings.filter((opening) => !reply?.body.includes(opening)).length
    }
  if (tally.shown === 0) throw new Error('no search showed an opening')
  return tally
}
