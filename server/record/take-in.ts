/** Takes a batch of FHIR resources into the record: kept whole, references resolved, the slices' own tables fed. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { idOf, sha256 } from '../platform/ids.ts'
import { patientReferenceOf, referencesIn } from './input/references.ts'
import type { FhirResource } from './input/shape.ts'
import { openTargets, type Targets } from './targets.ts'
import './tables.ts'

/** One resource as it was read: parsed, and as the very text it came in. */
export interface Incoming {
  resource: FhirResource & { id: string }
  text: string
  fullUrl?: string
}

/** A resource as a slice is fed it. */
export interface Received extends Incoming {
  targets: Targets
}

/** A resource whose target has not come yet. */
export interface Waiting {
  type: string
  fhirId: string
  reference: string
}

/**
 * What a slice does with the resources that are its own: writes its tables, idempotently, and says which resources wait
 * for others to come.
 */
export type Feed = (tx: Tx, organizationId: string, received: readonly Received[]) => Promise<Waiting[]>

export interface TakenIn {
  added: number
  changed: number
  unchanged: number
}

/** Ids of our own rows for what was imported: the same for the same resource, always. */
export const rowIdOf = (organizationId: string, type: string, fhirId: string) => idOf(organizationId, type, fhirId)

/** Takes in one batch in the given transaction. The same batch twice changes nothing. */
export async function takeIn(
  tx: Tx,
  organizationId: string,
  batch: readonly Incoming[],
  feeds: readonly Feed[],
): Promise<TakenIn> {
  const incoming = lastOfEach(batch)
  const targets = await openTargets(tx, organizationId, incoming)
  const rows = incoming.map((one) => rowOf(organizationId, one, targets))
  const written = await writeResources(tx, rows)
  const fresh = new Set(written.map((row) => `${row.type}/${row.fhirId}`))
  const received = incoming
    .filter((one) => fresh.has(`${one.resource.resourceType}/${one.resource.id}`))
    .map((one) => ({ ...one, targets }))
  await writeIdentifiers(tx, organizationId, received)
  const waiting = danglingOf(received)
  for (const feed of feeds) waiting.push(...(await feed(tx, organizationId, received)))
  await writeDangling(tx, organizationId, received, waiting)
  const added = written.filter((row) => row.added).length
  // A resource that came twice in the batch was taken in once, and is counted each time.
  return { added, changed: written.length - added, unchanged: batch.length - written.length }
}

/** Of the same resource twice in one batch the later one counts. */
function lastOfEach(batch: readonly Incoming[]): Incoming[] {
  return [...new Map(batch.map((one) => [`${one.resource.resourceType}/${one.resource.id}`, one])).values()]
}

function rowOf(organizationId: string, { resource, text }: Incoming, targets: Targets) {
  const reference = patientReferenceOf(resource)
  const patient = reference === undefined ? undefined : targets.of({ reference })
  return {
    organizationId,
    type: resource.resourceType,
    fhirId: resource.id,
    patientId: patient?.type === 'Patient' ? rowIdOf(organizationId, 'Patient', patient.id) : null,
    happenedAt: happenedAt(resource),
    content: text,
    contentHash: sha256(text),
    resolved: resolvedIn(resource, targets),
  }
}

/** The references that had to be looked up, with what they mean here. */
function resolvedIn(resource: FhirResource, targets: Targets): string | null {
  const resolved = referencesIn(resource).flatMap(({ reference }) => {
    const target = targets.lookedUp(reference)
    return target ? [[reference, `${target.type}/${target.id}`]] : []
  })
  return resolved.length > 0 ? JSON.stringify(Object.fromEntries(resolved)) : null
}

const momentFields = [
  'effectiveDateTime',
  'authoredOn',
  'performedDateTime',
  'occurrenceDateTime',
  'onsetDateTime',
  'recordedDate',
  'date',
  'issued',
  'created',
]

/** When the thing itself happened, for timelines; null when the resource does not say to the second. */
function happenedAt(resource: FhirResource): string | null {
  const fields: Record<string, unknown> = { ...resource }
  const period = [
    fields['period'],
    fields['effectivePeriod'],
    fields['performedPeriod'],
    fields['billablePeriod'],
  ].find((one) => one)
  const start = typeof period === 'object' && period !== null && 'start' in period ? period.start : undefined
  const said = [start, ...momentFields.map((name) => fields[name])].find((value) => typeof value === 'string')
  if (typeof said !== 'string' || !said.includes('T')) return null
  try {
    return Temporal.Instant.from(said).toString()
  } catch {
    return null
  }
}

type Row = ReturnType<typeof rowOf>

async function writeResources(tx: Tx, rows: readonly Row[]) {
  if (rows.length === 0) return []
  const { rows: written } = await sql<{ type: string; fhirId: string; added: boolean }>`
    insert into record.resource (organization_id, type, fhir_id, patient_id, happened_at, content, content_hash, resolved)
    values ${sql.join(
      rows.map(
        (row) =>
          sql`(${row.organizationId}::uuid, ${row.type}, ${row.fhirId}, ${row.patientId}::uuid, ${row.happenedAt}::timestamptz, ${row.content}::json, ${row.contentHash}::bytea, ${row.resolved}::jsonb)`,
      ),
    )}
    on conflict (organization_id, type, fhir_id) do update set patient_id = excluded.patient_id,
      happened_at = excluded.happened_at, content = excluded.content, content_hash = excluded.content_hash,
      resolved = excluded.resolved, version = resource.version + 1, received_at = now(),
      earlier_hashes = resource.earlier_hashes || resource.content_hash
    where resource.content_hash <> excluded.content_hash and excluded.content_hash <> all (resource.earlier_hashes)
    returning type, fhir_id, version = 1 as added`.execute(tx)
  return written
}

async function writeIdentifiers(tx: Tx, organizationId: string, received: readonly Received[]) {
  const rows = received.flatMap(({ resource, fullUrl }) => {
    const named = identifiersOf(resource).map(({ system, value }) => ({ system, value }))
    const urn = fullUrl?.startsWith('urn:') ? [{ system: 'urn', value: fullUrl }] : []
    return [...named, ...urn].map((one) => ({
      organizationId,
      type: resource.resourceType,
      fhirId: resource.id,
      ...one,
    }))
  })
  if (rows.length === 0) return
  await sql`
    insert into record.identifier (organization_id, type, system, value, fhir_id)
    select ${organizationId}, r.type, r.system, r.value, r."fhirId"
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(type text, system text, value text, "fhirId" text)
    on conflict do nothing`.execute(tx)
}

/** Business identifiers that can find a resource: of the kinds that others refer to. */
function identifiersOf(resource: FhirResource): { system: string; value: string }[] {
  if (!findable.has(resource.resourceType)) return []
  const { identifier } = resource as { identifier?: unknown }
  if (!Array.isArray(identifier)) return []
  return identifier.flatMap((one: { system?: unknown; value?: unknown } | null) =>
    typeof one?.system === 'string' && typeof one.value === 'string' ? [{ system: one.system, value: one.value }] : [],
  )
}
const findable = new Set([
  'Patient',
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'Location',
  'HealthcareService',
  'Encounter',
])

/** References that say nothing resolvable yet. */
function danglingOf(received: readonly Received[]): Waiting[] {
  return received.flatMap(({ resource, targets }) =>
    referencesIn(resource).flatMap(({ reference }) =>
      targets.isUnknown(reference) ? [{ type: resource.resourceType, fhirId: resource.id, reference }] : [],
    ),
  )
}

async function writeDangling(
  tx: Tx,
  organizationId: string,
  received: readonly Received[],
  waiting: readonly Waiting[],
) {
  if (received.length > 0)
    await sql`delete from record.dangling d using json_to_recordset(${JSON.stringify(received.map(({ resource }) => ({ type: resource.resourceType, fhir_id: resource.id })))}::json)
      as r(type text, fhir_id text) where d.organization_id = ${organizationId} and d.type = r.type and d.fhir_id = r.fhir_id`.execute(
      tx,
    )
  if (waiting.length === 0) return
  await sql`
    insert into record.dangling (organization_id, type, fhir_id, reference)
    select ${organizationId}, r.type, r."fhirId", r.reference
    from json_to_recordset(${JSON.stringify(waiting)}::json) as r(type text, "fhirId" text, reference text)
    on conflict do nothing`.execute(tx)
}
