// Attacks every operation that the OpenAPI document describes, as every role that may ask it.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { Role } from '../../server/platform/actor.ts'
import type { World } from '../../server/testing/world.ts'
import {
  addressOf,
  bodyWith,
  neededQuery,
  operationsOf,
  sample,
  spotsOf,
  type Ids,
  type Operation,
} from './described.ts'
import {
  canary,
  crossings,
  hashOf,
  idsOfOrganization,
  idsOfPatient,
  twoClinics,
  type TwoClinics,
} from './two-clinics.ts'

/** Would end the sessions or credentials of the walk; they are everybody's own, and take no id. */
const ends = /session\/(end|lock|role)$|demo-session$|devices\/end$|recovery-codes$|account\/(password|proof)$/

type Answer = Awaited<ReturnType<World['ask']>>
type LightReply = Awaited<ReturnType<World['app']['inject']>>

/** What is wrong with an answer: a bug, an inside of ours, or a refusal that says too little. */
function faultOf({ status, body, headers }: Answer): string | undefined {
  const text = JSON.stringify(body)
  if (status >= 500) return text.slice(0, 200)
  if (/\bat .*\.ts:\d|node_modules|SQLSTATE|syntax error at|violates|constraint "/.test(text))
    return `an inside: ${text}`
  if (status < 400) return undefined
  const isProblem = String(headers['content-type']).startsWith('application/problem+json')
  return isProblem && body['code'] && body['title'] && body['detail'] ? undefined : `unclear: ${text.slice(0, 200)}`
}

/** Gathers what is wrong, so that one run names all of it. */
function gather() {
  const found: string[] = []
  return {
    note(what: string, ...faults: (string | false | undefined)[]) {
      for (const fault of faults) if (fault) found.push(`${what}: ${fault}`)
    },
    none: () => assert.equal(found.length, 0, `${found.length} faults:\n${found.slice(0, 40).join('\n')}`),
  }
}

const asker =
  ({ world, credentials }: TwoClinics) =>
  (role: Role, { method }: Operation, address: string, body?: unknown): Promise<Answer> =>
    world.ask(method, address, method === 'GET' ? undefined : ((body ?? {}) as object), credentials[role])

/** Ids of one's own, by the name of the field. */
function ownIds({ river, ada, own }: TwoClinics): Ids {
  const known: Record<string, string> = {
    patientId: ada,
    offeringId: river.nguyen.office,
    clinicianId: river.nguyen.id,
    placeId: river.places.boston,
    planId: river.plan,
    id: own,
  }
  return (name) => known[name] ?? randomUUID()
}

/** Puts each of the foreign ids into every place of every operation that takes an id, alone and all at once. */
async function swapIds(two: TwoClinics, foreign: ReadonlyMap<string, string>, roles: (role: Role) => boolean) {
  const ask = asker(two)
  const own = ownIds(two)
  const distinct = [...new Map([...foreign].map(([kind, id]) => [id, kind]))]
  const faults = gather()
  let asked = 0
  for (const one of await operationsOf(two.world)) {
    if (ends.test(one.url)) continue
    const spots = one.body ? spotsOf(one.body).filter(({ schema }) => schema.format === 'uuid') : []
    const queries = Object.entries(one.query).filter(([, { format }]) => format === 'uuid')
    const takesIds = Object.keys(one.path).length + spots.length + queries.length > 0
    if (!takesIds) continue
    for (const role of one.roles.filter(roles))
      for (const [id, kind] of distinct) {
        const all: Ids = () => id
        const attempts: [string, string, unknown][] = [
          ...(Object.keys(one.path).length > 0
            ? [
                ['path', addressOf(one, all, neededQuery(one, own)), one.body && sample(one.body, own)] as [
                  string,
                  string,
                  unknown,
                ],
              ]
            : []),
          ...queries.map(([name]): [string, string, unknown] => [
            name,
            addressOf(one, own, { ...neededQuery(one, own), [name]: id }),
            undefined,
          ]),
          ...spots.map(({ keys }): [string, string, unknown] => [
            keys.join('.'),
            addressOf(one, own),
            one.body && bodyWith(one.body, own, keys, id),
          ]),
          ...(one.body && spots.length > 0
            ? [['all', addressOf(one, all), sample(one.body, all)] as [string, string, unknown]]
            : []),
        ]
        for (const [where, address, body] of attempts) {
          const answer = await ask(role, one, address, body)
          asked++
          const text = JSON.stringify(answer.body)
          faults.note(
            `${role} at ${one.name} with ${kind} in ${where}: ${answer.status}`,
            faultOf(answer),
            text.includes(canary) && `leaks ${text.slice(0, 300)}`,
          )
        }
      }
  }
  faults.none()
  return asked
}

test('another organization’s ids, in every place of every operation and as every role, give nothing and change nothing', async () => {
  const two = await twoClinics()
  await using world = two.world
  const foreign = await idsOfOrganization(world, two.lakeId)
  assert.ok(foreign.size > 40, `only ${foreign.size} kinds of ids`)
  // Of each table its own id and no more: what one row says of another is an id of that other.
  const kinds = new Map([...foreign].filter(([kind]) => kind.endsWith('.id')))
  const before = await hashOf(world, two.lakeId)
  // Ben, of the own clinic, has the same canary in his name: who may see him is asked in the next test.
  await two.world.write((tx) =>
    tx
      .updateTable('people.patient')
      .set({ familyName: 'Byron', searchName: 'ben byron' })
      .where('id', '=', two.ben)
      .execute(),
  )
  await forgetCanary(two)
  const asked = await swapIds(two, kinds, () => true)
  assert.ok(asked > 2000, `only ${asked} were asked`)
  const after = await hashOf(world, two.lakeId)
  assert.deepEqual(after.parts, before.parts)
  assert.deepEqual(await crossings(world, world.organizationId, kinds.values()), [])
})

/** Takes the canary out of the own clinic, so that it stands for the other one alone. */
async function forgetCanary({ world }: TwoClinics) {
  await world.write(async (tx) => {
    await tx.updateTable('scheduling.appointment').set({ reason: null }).where('reason', '=', canary).execute()
    await tx.updateTable('people.proxyGrant').set({ proxyName: 'Pat', evidence: 'Letter' }).execute()
  })
}

test('another patient’s ids, in every place of every operation, give a patient nothing and change nothing', async () => {
  const two = await twoClinics()
  await using world = two.world
  const foreign = await idsOfPatient(world, two.ben)
  assert.ok(foreign.size > 3, `only ${foreign.size} kinds of ids`)
  const before = await hashOf(world, world.organizationId, two.ben)
  const asked = await swapIds(two, foreign, (role) => role === 'patient' || role === 'guest')
  assert.ok(asked > 100, `only ${asked} were asked`)
  const after = await hashOf(world, world.organizationId, two.ben)
  assert.deepEqual(after.parts, before.parts)
})

const smuggled = {
  role: 'practice_admin',
  organizationId: randomUUID(),
  organization_id: randomUUID(),
  tenant: 'lake',
  personId: randomUUID(),
  patientIds: [randomUUID()],
  assurance: 2,
  isAdmin: true,
}

test('a field that a body does not have, at any depth, is refused as malformed and changes nothing', async () => {
  const two = await twoClinics()
  await using world = two.world
  const own = ownIds(two)
  const before = await hashOf(world, world.organizationId)
  const faults = gather()
  let asked = 0
  for (const one of await operationsOf(world)) {
    const { body } = one
    const [role] = one.roles.toReversed()
    if (!body || !role) continue
    for (const { keys, schema } of spotsOf(body).filter(({ schema: { properties } }) => properties))
      for (const [name, value] of Object.entries(smuggled)) {
        // What a browser's passkey adds is the browser's to name.
        if (schema.properties?.[name] || keys.at(-1) === 'clientExtensionResults') continue
        const sent = bodyWith(body, own, keys, { ...(sample(schema, own) as object), [name]: value })
        const answer = await asker(two)(role, one, addressOf(one, own), sent)
        asked++
        const what: string = `${role} at ${one.name} with ${[...keys, name].join('.')}`
        const isRefused = answer.status === 400 && answer.body['code'] === 'malformed'
        faults.note(what, !isRefused && `${answer.status} ${JSON.stringify(answer.body)}`)
      }
  }
  faults.none()
  assert.ok(asked > 400, `only ${asked} were asked`)
  assert.deepEqual((await hashOf(world, world.organizationId)).parts, before.parts)
})

test('ten megabytes, endless nesting, other types and broken JSON are refused clearly by every operation that takes a body', async () => {
  const two = await twoClinics()
  await using world = two.world
  const own = ownIds(two)
  const huge = JSON.stringify({ text: 'a'.repeat(10_000_000) })
  const deep = `${'{"a":'.repeat(60_000)}1${'}'.repeat(60_000)}`
  const payloads: [string, string, string, number[]][] = [
    ['10 MB', huge, 'application/json', [413]],
    ['deep', deep, 'application/json', [400, 413]],
    ['deep list', '['.repeat(100_000), 'application/json', [400]],
    ['broken', '{"a":', 'application/json', [400]],
    ['not JSON', '<xml/>', 'application/xml', [415]],
    ['prototype', '{"__proto__":{"role":"practice_admin"}}', 'application/json', [400]],
    ['constructor', '{"constructor":{"prototype":{"role":"x"}}}', 'application/json', [400]],
    ['a list', '[]', 'application/json', [400]],
    ['null', 'null', 'application/json', [400, 422, 200, 401, 403, 404, 409]],
  ]
  const faults = gather()
  for (const one of await operationsOf(world)) {
    const [role] = one.roles.toReversed()
    if (!one.body || !role || ends.test(one.url)) continue
    for (const [name, payload, type, expected] of payloads) {
      const reply: LightReply = await world.app.inject({
        method: one.method,
        url: addressOf(one, own),
        payload,
        headers: { ...two.credentials[role], 'content-type': type },
      })
      const what: string = `${role} at ${one.name} with ${name}`
      const answer: Answer = { status: reply.statusCode, headers: reply.headers, body: reply.json() }
      faults.note(
        what,
        !expected.includes(answer.status) && `${answer.status} ${reply.body.slice(0, 200)}`,
        faultOf(answer),
      )
    }
  }
  faults.none()
})

const hostile = [
  "' or 1=1 --",
  "x'; drop table people.patient; --",
  '1) union select token_hash from people.session --',
  "'||pg_sleep(9)||'",
  '%',
  '\\',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '${7*7}{{7*7}}',
  '../../../etc/passwd',
  `${canary}\r\nset-cookie: attend=evil`,
]

test('SQL, null bytes, half characters and line breaks in every text of every operation are text, and nothing more', async () => {
  const two = await twoClinics()
  await using world = two.world
  const own = ownIds(two)
  const faults = gather()
  let asked = 0
  for (const one of await operationsOf(world)) {
    const [role] = one.roles.toReversed()
    if (!role || ends.test(one.url)) continue
    const isText = ({ type, format }: { type?: string; format?: string }) => type === 'string' && format !== 'uuid'
    const queries = Object.entries(one.query).filter(([, schema]) => isText(schema))
    const spots = one.body ? spotsOf(one.body).filter(({ schema }) => isText(schema)) : []
    for (const words of hostile) {
      const attempts: [string, unknown][] = [
        ...queries.map(([name]): [string, unknown] => [
          addressOf(one, own, { ...neededQuery(one, own), [name]: words }),
          undefined,
        ]),
        ...spots.map(({ keys }): [string, unknown] => [
          addressOf(one, own),
          one.body && bodyWith(one.body, own, keys, words),
        ]),
      ]
      for (const [address, body] of attempts) {
        const started = performance.now()
        const answer = await asker(two)(role, one, address, body)
        asked++
        const what: string = `${role} at ${one.name} with ${JSON.stringify(words)} in ${address.split('?')[1] ?? JSON.stringify(body)}`
        faults.note(
          what,
          faultOf(answer),
          performance.now() - started > 5000 && 'took long',
          String(answer.headers['set-cookie'] ?? '').includes('evil') && 'sets a cookie',
        )
      }
    }
  }
  faults.none()
  assert.ok(asked > 500, `only ${asked} were asked`)
  assert.ok((await hashOf(world, world.organizationId)).parts.length > 20, 'every table is still there')
})
