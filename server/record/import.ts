/** Imports FHIR files: streaming, in batches of one transaction each, so that memory stays flat and nothing is half done. */
import { sql } from 'kysely'
import { system, type Actor } from '../platform/actor.ts'
import { audit } from '../platform/audit.ts'
import type { Context } from '../platform/context.ts'
import { within, type Tx } from '../platform/db.ts'
import { openInputs, readResources, type FailedEntry } from './input/index.ts'
import type { FhirResource } from './input/shape.ts'
import { checked } from './checked.ts'
import { feedPatients } from './feed-patients.ts'
import { isDataFault, setAside } from './set-aside.ts'
import { takeIn, type Feed, type Incoming } from './take-in.ts'
import './tables.ts'

export interface Progress {
  /** Bytes of the input read so far, and of how many (undefined for standard input). */
  bytes: number
  ofBytes: number | undefined
  resources: number
  file: string
}

export interface ImportSummary {
  files: number
  added: number
  changed: number
  unchanged: number
  setAside: number
  /** References whose target has not come yet. */
  dangling: number
  byType: Record<string, number>
  faults: { file: string; entry: number; path?: string; reason: string; detail: string }[]
}

interface Options {
  onProgress?: (progress: Progress) => void
  /** What the slices do with the resources that are theirs, in their order. */
  feeds: readonly Feed[]
}

/** Resources of one transaction. */
const batchSize = 250
/** Faults told in the summary; all of them are set aside. */
const mostFaults = 50

/** Imports files, folders or standard input ('-'). Bad resources are set aside with their reason and lose nothing else. */
export async function importRecords(
  context: Context,
  organizationId: string,
  paths: readonly string[],
  options: Options,
): Promise<ImportSummary> {
  const actor = system(organizationId, 'import')
  const summary: ImportSummary = {
    files: 0,
    added: 0,
    changed: 0,
    unchanged: 0,
    setAside: 0,
    dangling: 0,
    byType: {},
    faults: [],
  }
  const feeds: Feed[] = [feedPatients, ...options.feeds]
  const inputs = await openInputs(paths)
  let before = 0
  for (const input of inputs.files) {
    summary.files++
    const batch: Incoming[] = []
    const take = async () => {
      if (batch.length > 0) await takeBatch(context, actor, batch.splice(0), { feeds, summary })
      options.onProgress?.({
        bytes: before + input.bytesRead(),
        ofBytes: inputs.totalBytes,
        resources: summary.added + summary.changed + summary.unchanged,
        file: input.name,
      })
    }
    for await (const entry of readResources(input.open(), { file: input.name })) {
      const found = checked(entry)
      if (found.ok) batch.push(found.incoming)
      else await note(context, actor, found.failed, summary)
      if (batch.length >= batchSize) await take()
    }
    await take()
    before += input.bytesRead()
  }
  summary.dangling = await settleDangling(context, actor, feeds)
  return summary
}

/** Takes in resources that are at hand already, through the same door. */
export async function takeResources(
  context: Context,
  organizationId: string,
  resources: readonly { resourceType: string; id: string }[],
  feeds: readonly Feed[],
) {
  const batch = resources.map((resource) => ({ resource, text: JSON.stringify(resource) }))
  await within(context.db, system(organizationId, 'import'), (tx) =>
    takeIn(tx, organizationId, batch, [feedPatients, ...feeds]),
  )
}

interface Into {
  feeds: readonly Feed[]
  summary: ImportSummary
}

/** A batch in one transaction; when the database refuses it, one by one, so that only the culprit is set aside. */
async function takeBatch(context: Context, actor: Actor, batch: readonly Incoming[], into: Into) {
  const { feeds, summary } = into
  try {
    const taken = await within(context.db, actor, async (tx) => {
      const done = await takeIn(tx, actor.organizationId, batch, feeds)
      await audit(tx, actor, {
        action: 'create',
        resourceType: 'Bundle',
        fields: [`resources:${batch.length}`],
        purpose: 'OPS',
      })
      return done
    })
    summary.added += taken.added
    summary.changed += taken.changed
    summary.unchanged += taken.unchanged
    for (const { resource } of batch)
      summary.byType[resource.resourceType] = (summary.byType[resource.resourceType] ?? 0) + 1
  } catch (error) {
    if (!isDataFault(error)) throw error
    const [first] = batch
    if (batch.length > 1 || !first) {
      const middle = Math.ceil(batch.length / 2)
      await takeBatch(context, actor, batch.slice(0, middle), into)
      await takeBatch(context, actor, batch.slice(middle), into)
      return
    }
    const where = {
      file: 'batch',
      entry: 0,
      path: `${first.resource.resourceType}/${first.resource.id}`,
      byteOffset: 0,
    }
    await note(
      context,
      actor,
      { ok: false, where, reason: 'refused', detail: `the database refused it (${error.code})`, text: first.text },
      summary,
    )
  }
}

async function note(context: Context, actor: Actor, failed: FailedEntry, summary: ImportSummary) {
  const fault = await setAside(context, actor, failed)
  summary.setAside++
  if (summary.faults.length < mostFaults) summary.faults.push(fault)
}

/** Tries again what waited for something that may have come by now; gives how many references still dangle. */
async function settleDangling(context: Context, actor: Actor, feeds: readonly Feed[]): Promise<number> {
  let after = { type: '', fhirId: '' }
  for (;;) {
    const batch = await within(context.db, actor, async (tx) => {
      const rows = await nextDangling(tx, actor.organizationId, after)
      if (rows.length > 0) await retry(tx, actor.organizationId, rows, feeds)
      return rows
    })
    const last = batch.at(-1)
    if (!last) break
    after = { type: last.type, fhirId: last.fhirId }
  }
  return within(context.db, actor, async (tx) => {
    const { count } = await tx
      .selectFrom('record.dangling')
      .where('organizationId', '=', actor.organizationId)
      .select((of) => of.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    return count
  })
}

interface DanglingRow {
  type: string
  fhirId: string
  text: string
}

async function nextDangling(
  tx: Tx,
  organizationId: string,
  after: { type: string; fhirId: string },
): Promise<DanglingRow[]> {
  const { rows } = await sql<DanglingRow>`
    select r.type, r.fhir_id, r.content::text as text from record.resource r
    where r.organization_id = ${organizationId} and (r.type, r.fhir_id) > (${after.type}, ${after.fhirId})
      and exists (select from record.dangling d where d.organization_id = r.organization_id and d.type = r.type and d.fhir_id = r.fhir_id)
    order by r.type, r.fhir_id limit ${batchSize}`.execute(tx)
  return rows
}

/** Takes the resources in again as if they had just come: what resolves now is fed, what does not dangles on. */
async function retry(tx: Tx, organizationId: string, rows: readonly DanglingRow[], feeds: readonly Feed[]) {
  for (const row of rows)
    await sql`update record.resource set content_hash = '' where organization_id = ${organizationId} and type = ${row.type} and fhir_id = ${row.fhirId}`.execute(
      tx,
    )
  const again = rows.map(({ text, fhirId }) => ({
    resource: { ...(JSON.parse(text) as FhirResource), id: fhirId },
    text,
  }))
  await takeIn(tx, organizationId, again, feeds)
}
