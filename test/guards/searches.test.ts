// Thousands of searches, sorts, counts and pages in one clinic find nothing of another, whoever asks and however it is put.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { addressOf, operationsOf, type Operation, type Schema } from './described.ts'
import { canary, hashOf, idsOfOrganization, twoClinics } from './two-clinics.ts'

const wanted = 2000

/** The same numbers in every run: what fails can be looked at again. */
function dice(seed: number) {
  let state = seed
  const roll = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32
  return <T>(from: readonly T[]): T => from[Math.floor(roll() * from.length)] as T
}
type Pick = ReturnType<typeof dice>

const words = [canary, canary.slice(0, 3), canary.toLowerCase(), `${canary} lia`, 'lia', 'ada', '1980', '5/17/1980']
const tails = ['', '*', '%', '_', "' or '1'='1", ',', '|', ':exact', ' OR 1=1']

/** Something that may stand in such a field: what fits, what belongs to the other clinic, or what fits badly. */
function valueFor(schema: Schema, foreign: readonly string[], pick: Pick): string {
  if (schema.anyOf) return valueFor(pick(schema.anyOf), foreign, pick)
  if (schema.enum) return String(pick(schema.enum))
  if (schema.format === 'uuid') return pick([pick(foreign), pick(foreign), randomUUID()])
  if (schema.format === 'date') return pick(['2026-12-04', '2026-12-03', '1980-05-17', '2026-12-09'])
  if (schema.format === 'date-time') return pick(['2026-12-04T15:00:00Z', '2020-01-01T00:00:00Z'])
  if (schema.type === 'integer' || schema.type === 'number') return pick(['0', '1', '7', '100', '-1'])
  if (schema.type === 'boolean') return pick(['true', 'false'])
  return pick(words) + pick(tails)
}

/** FHIR's own ways to search around a wall: chains, reverse chains, includes, totals, sorts, parts. */
const fhirTypes = [
  'Patient',
  'Appointment',
  'Slot',
  'Schedule',
  'Practitioner',
  'PractitionerRole',
  'Location',
  'Organization',
]
const fhirParts = (id: string, word: string) => [
  `_id=${id}`,
  `patient=${id}`,
  `patient=Patient/${id}`,
  `name=${word}`,
  `family:contains=${word}`,
  `identifier=${word}`,
  `patient.name=${word}`,
  `actor:Patient.family=${word}`,
  `_has:Appointment:patient:_id=${id}`,
  '_include=Appointment:patient',
  '_include:iterate=*',
  '_revinclude=*',
  '_revinclude=Appointment:patient',
  '_sort=-_lastUpdated',
  '_total=accurate',
  '_summary=count',
  '_elements=name',
  `_filter=name co "${word}"`,
  '_count=1000',
]

test('two thousand searches, as every role, with the other clinic’s words and ids, find nothing of it and change nothing', async () => {
  const two = await twoClinics('Quillow')
  await using world = two.world
  const ids = await idsOfOrganization(world, two.lakeId)
  const foreign = [...new Set([...ids].filter(([kind]) => kind.endsWith('.id')).map(([, id]) => id))]
  assert.ok(foreign.length > 20, `only ${foreign.length} ids`)
  const before = await hashOf(world, two.lakeId)
  const pick = dice(20261201)
  const reads = (await operationsOf(world)).filter(
    ({ method, query, path }) => method === 'GET' && Object.keys(query).length + Object.keys(path).length > 0,
  )
  assert.ok(reads.length > 25, `only ${reads.length} operations are searched`)
  const asked = (one: Operation) => {
    const query = Object.entries(one.query).filter(([name]) => name === 'q' || name === 'id' || pick([true, false]))
    const filled = query.map(([name, schema]) => [name, valueFor(schema, foreign, pick)] as const)
    return addressOf(one, () => pick(foreign), Object.fromEntries(filled))
  }
  const searches: { address: string; headers: Record<string, string> | undefined; as: string }[] = []
  for (let at = 0; searches.length < wanted * 0.8; at++) {
    const one = reads[at % reads.length]
    const role = one && pick(one.roles)
    if (one && role) searches.push({ address: asked(one), headers: two.credentials[role], as: role })
  }
  while (searches.length < wanted) {
    const parts = [1, 2].map(() => encodeURI(pick(fhirParts(pick(foreign), pick(words)))))
    const address = `/fhir/R4/${pick(fhirTypes)}${pick(['', '', `/${pick(foreign)}`])}?${parts.join('&')}`
    searches.push({ address, headers: two.credentials.client, as: 'client' })
  }
  const found: string[] = []
  const statuses = new Map<number, number>()
  for (const { address, headers, as } of searches) {
    const { statusCode, body } = await world.app.inject({ method: 'GET', url: address, headers: headers ?? {} })
    statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1)
    if (statusCode >= 500) found.push(`${as} at ${address}: ${statusCode}`)
    // A search may say back what was asked for: what it found is in the rest.
    const said = decodeURIComponent(address)
    const rest = statusCode < 400 ? body : ''
    if (rest.includes(canary) && !said.includes(canary)) found.push(`${as} at ${address}: ${rest.slice(0, 300)}`)
    for (const id of foreign) if (rest.includes(id) && !said.includes(id)) found.push(`${as} at ${address}: ${id}`)
  }
  assert.deepEqual(found.slice(0, 20), [], `${found.length} faults`)
  assert.ok((statuses.get(200) ?? 0) > wanted / 10, `hardly anything was answered: ${JSON.stringify([...statuses])}`)
  assert.deepEqual((await hashOf(world, two.lakeId)).parts, before.parts)
})
