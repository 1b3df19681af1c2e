/** FHIR records imported end to end, in one large bundle, against raw rows of the same text in the same batches. */
import { createWriteStream, readdirSync, readFileSync } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { figures, type Bench, type Measured } from './figure.ts'
import { median } from './machine.ts'
import { openStage, type Stage } from './stage.ts'

const figure = figures('import')
const folder = join(import.meta.dirname, '../demo/records')
const batchSize = 250

interface Entry {
  fullUrl?: string
  resource: { resourceType: string; id?: string }
}

export async function run({ quick, note }: Bench): Promise<Measured[]> {
  await using stage = await openStage()
  const records = readdirSync(folder)
    .filter((name) => name.endsWith('.json.gz'))
    .map((name) => gunzipSync(readFileSync(join(folder, name))).toString())
  const shared = sharedIds(records)
  await stage.sql('create schema if not exists bench')
  await stage.sql(
    'create table bench.resource (organization_id uuid not null, id uuid not null default uuidv7(), content json not null, primary key (organization_id, id))',
  )
  const rounds = { ours: [] as number[], raw: [] as number[], peaks: [] as number[] }
  let resources = 0
  let first = { path: '', count: 0 }
  let largest = 0
  // Each round is larger than the one before, so that memory that grew with the input would show.
  for (const [round, share] of (quick ? [0.2, 0.3, 0.6] : [1, 3, 12]).entries()) {
    const path = join(stage.folder, `round-${round}.json`)
    const made = await writeBundle(path, records, shared, { share, from: round * 100 + 1 })
    const done = await stage.importFile(path)
    const { added, changed, unchanged, setAside, faults } = done.summary
    if (setAside > 0 || added + changed + unchanged !== made.count)
      throw new Error(
        `of ${made.count} resources ${added + changed + unchanged} were taken and ${setAside} set aside: ${JSON.stringify(faults[0])}`,
      )
    rounds.ours.push(made.count / done.seconds)
    rounds.peaks.push(done.peak)
    rounds.raw.push(await rawRate(stage, path))
    resources += made.count
    largest = made.bytes
    if (round === 0) first = { path, count: made.count }
  }
  const again = await stage.importFile(first.path)
  if (again.summary.added + again.summary.changed > 0)
    throw new Error('the same input changed something the second time')
  const [kept] = await stage.sql<{ many: number }>('select count(*)::int as many from record.resource')
  note(
    `import: ${kept?.many} resources kept; the largest input was ${(largest / 1e6).toFixed(0)} MB in one bundle; peaks ${rounds.peaks.map((peak) => peak.toFixed(0)).join(', ')} MB`,
  )
  return [
    figure('resources end to end', median(rounds.ours), '/s', {
      n: resources,
      limit: median(rounds.raw),
      goal: { of: 'value', atLeast: 2000 },
    }),
    figure('the same input again', first.count / again.seconds, '/s', { n: first.count }),
    figure('peak memory, largest input', rounds.peaks.at(-1) ?? 0, 'MB', { n: 1, goal: { of: 'value', atMost: 300 } }),
    figure('peak memory, smallest input', rounds.peaks[0] ?? 0, 'MB', { n: 1 }),
  ]
}

const anyId = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** Ids of who is one and the same in every copy: clinicians, organizations and places. */
function sharedIds(records: readonly string[]): Set<string> {
  const ids = records.flatMap((text) =>
    (JSON.parse(text) as { entry: Entry[] }).entry.flatMap(({ resource }) =>
      /^(Practitioner|Organization|Location)/.test(resource.resourceType) && resource.id ? [resource.id] : [],
    ),
  )
  return new Set(ids)
}

/** One bundle of `share` times all records, each copy with ids and social security numbers of its own. */
async function writeBundle(
  path: string,
  records: readonly string[],
  shared: ReadonlySet<string>,
  { share, from }: { share: number; from: number },
) {
  const out = createWriteStream(path)
  const made = { count: 0, bytes: 0 }
  const write = async (text: string) => {
    made.bytes += Buffer.byteLength(text)
    if (!out.write(text)) await once(out, 'drain')
  }
  const several = Math.round(records.length * share)
  await write('{"resourceType":"Bundle","type":"collection","entry":[')
  for (let index = 0; index < several; index++) {
    const copy = (from + Math.floor(index / records.length)).toString(16).padStart(4, '0')
    const own = (id: string) => (shared.has(id) ? id : `${id.slice(0, 9)}${copy}${id.slice(13)}`)
    const text = (records[index % records.length] ?? '')
      .replaceAll(anyId, own)
      .replaceAll(/"999-(\d\d-\d{4})"/g, `"${copy}-$1"`)
    for (const { fullUrl, resource } of (JSON.parse(text) as { entry: Entry[] }).entry) {
      await write(`${made.count === 0 ? '' : ',\n'}${JSON.stringify({ fullUrl, resource })}`)
      made.count++
    }
  }
  await write(']}')
  out.end()
  await once(out, 'finish')
  return made
}

/** Rows a second when PostgreSQL is given the same text, a batch a statement and commit, and nothing else is done. */
async function rawRate(stage: Stage, path: string): Promise<number> {
  const texts = (JSON.parse(readFileSync(path, 'utf8')) as { entry: Entry[] }).entry.map(({ resource }) =>
    JSON.stringify(resource),
  )
  const client = await stage.raw()
  const began = performance.now()
  for (let at = 0; at < texts.length; at += batchSize)
    await client.query({
      name: 'resources',
      text: 'insert into bench.resource (organization_id, content) select $1, content::json from unnest($2::text[]) content',
      values: [stage.organizationId, texts.slice(at, at + batchSize)],
    })
  const seconds = (performance.now() - began) / 1000
  await client.end()
  return texts.length / seconds
}
