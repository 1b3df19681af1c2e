/** Two records of one patient are shown as one and given back byte for byte, whatever happened in between, in any order. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import pg from 'pg'
import { openClinic, type Clinic } from '../../testing/clinic.ts'
import { withCode } from '../../testing/colleague.ts'
import { newId, openWorld, type Asker, type Json, type World } from '../../testing/world.ts'
import { isBlocked } from '../proxies/block-proxy.ts'
import { savePatientFromRecord, type RecordedPatient } from '../save-patient.ts'

let world: World
let clinic: Clinic
let desk: Asker
let rows: pg.Client
before(async () => {
  world = await openWorld()
  clinic = await openClinic(world)
  desk = await world.frontDesk()
  rows = new pg.Client(world.database.superuser)
  await rows.connect()
})
after(async () => {
  await rows.end()
  await world[Symbol.asyncDispose]()
})

const nothingKnown = { diedAt: null, gender: null, language: null, identifiers: [] }
const recorded = async (facts: Partial<RecordedPatient> & { givenName: string; familyName: string }) => {
  const id = facts.id ?? newId()
  const all = { ...nothingKnown, bornOn: '1980-02-01', contacts: [], ...facts, id }
  await world.write((tx) => savePatientFromRecord(tx, world.organizationId, all))
  return id
}
const merge = (survivorId: string, absorbedId: string, chosen: string[] = []) =>
  desk.asks('POST', '/api/people/merges', { survivorId, absorbedId, chosen, reason: 'Same passport' })
const undo = (id: string) => desk.asks('POST', `/api/people/merges/${id}/undoing`, { reason: 'Two sisters' })
const merged = async (...asked: Parameters<typeof merge>): Promise<string> => {
  const { status, body } = await merge(...asked)
  assert.equal(status, 200, JSON.stringify(body))
  return body['id']
}
let minutes = 0
const book = async (patientId: string, who = desk, offeringId = clinic.nguyen.office) => {
  const startsAt = Temporal.Instant.from('2026-12-02T14:00:00Z').add({
    hours: 24 * Math.floor(minutes / 3),
    minutes: 30 * (minutes++ % 3),
  })
  const day = startsAt.toZonedDateTimeISO('UTC').dayOfWeek
  if (day > 5) return book(patientId, who, offeringId)
  const asked = { offeringId, startsAt: startsAt.toString(), patientId, language: 'en' }
  const { status, body } = await who.asks('POST', '/api/scheduling/appointments', asked)
  assert.equal(status, 200, JSON.stringify(body))
  return body['appointment'].id as string
}

/** Every row that is of these patients, in every table that has a patient, as texts. The trail only grows. */
async function allRowsOf(ids: readonly string[]): Promise<string[]> {
  const { rows: tables } = await rows.query<{ name: string }>(`
    select format('%I.%I', table_schema, table_name) as name from information_schema.columns
    where column_name = 'patient_id' and table_schema not in ('platform', 'pgboss') and table_name <> 'audit_event' order by 1`)
  assert.ok(tables.length > 15)
  const parts = tables.map(
    ({ name }) => `select '${name} ' || t::text as row from ${name} t where patient_id = any($1)`,
  )
  parts.push(`select 'people.patient ' || t::text from people.patient t where id = any($1)`)
  const { rows: found } = await rows.query<{ row: string }>(`${parts.join(' union all ')} order by 1`, [ids])
  return found.map(({ row }) => row)
}

test('merged, they are one: one hit, one list of visits, one way in; undone, every row is as it was', async () => {
  const rosa = await recorded({
    givenName: 'Rosa',
    familyName: 'Marquez',
    contacts: [{ kind: 'phone', value: '617 555 3001' }],
  })
  const rose = await recorded({
    givenName: 'Rose',
    familyName: 'Marques',
    bornOn: '1980-01-02',
    contacts: [{ kind: 'email', value: 'rose@example.org' }],
  })
  const [early, late] = [await book(rosa), await book(rose)]
  await desk.asks('PUT', `/api/scheduling/patients/${rose}/support`, { needs: ['quiet'], interpreter: null })
  const { cookie } = await withCode(world, 'rose@example.org')
  await join(cookie, rose)
  const mine = async () => (await world.ask('GET', '/api/scheduling/my-visits', undefined, { cookie })).body
  const before = await allRowsOf([rosa, rose])

  const id = await merged(rosa, rose, ['bornOn'])
  const { body: hits } = await desk.asks('GET', '/api/people/patients?q=marques')
  assert.deepEqual(
    hits['patients'].map((one: Json) => [one.id, one.bornOn, one.email]),
    [[rosa, '1980-01-02', 'rose@example.org']],
  )
  for (const asked of [rosa, rose]) {
    const { body: record } = await desk.asks('GET', `/api/scheduling/patients/${asked}`)
    assert.deepEqual([record['patient'].id, record['support'].needs], [rosa, ['quiet']])
    assert.deepEqual(record['visits'].map((one: Json) => one.id).toSorted(), [early, late].toSorted())
  }
  assert.deepEqual((await mine())['coming'].map((one: Json) => one.id).toSorted(), [early, late].toSorted())
  const client = await world.client()
  const read = async (patient: string) => (await client.asks('GET', `/fhir/R4/Patient/${patient}`)).body
  const [absorbed, survivor] = [await read(rose), await read(rosa)]
  assert.deepEqual(
    [absorbed['active'], absorbed['link']],
    [false, [{ other: { reference: `Patient/${rosa}` }, type: 'replaced-by' }]],
  )
  assert.deepEqual(survivor['link'], [{ other: { reference: `Patient/${rose}` }, type: 'replaces' }])
  const { body: bundle } = await client.asks('GET', `/fhir/R4/Appointment?patient=${rosa}`)
  assert.equal(bundle['entry'].filter((one: Json) => one.search.mode === 'match').length, 2)
  const officer = await world.as('auditor')
  const { body: log } = await officer.asks('GET', `/api/people/merges?patientId=${rose}`)
  assert.deepEqual([log['merges'][0].reason, log['merges'][0].undone], ['Same passport', null])

  assert.equal((await merge(rosa, rose)).body['code'], 'already_merged')
  assert.equal((await undo(id)).status, 200)
  assert.equal((await undo(id)).body['code'], 'already_undone')
  assert.deepEqual(await allRowsOf([rosa, rose]), before)
  assert.deepEqual(
    (await mine())['coming'].map((one: Json) => one.id),
    [late],
  )
})

/** Whom this cookie signs in. */
async function personOf(cookie: string): Promise<string> {
  const token = cookie.split('=')[1] ?? ''
  const { rows: found } = await rows.query<{ id: string }>(
    'select person_id as id from people.session where token_hash = sha256($1::bytea)',
    [token],
  )
  assert.ok(found[0])
  return found[0].id
}

const join = async (cookie: string, patientId: string) => {
  const account = {
    organizationId: world.organizationId,
    personId: await personOf(cookie),
    patientId,
    basis: 'proof' as const,
  }
  await world.write((tx) => tx.insertInto('people.patientAccount').values(account).execute())
}

test('two desks merge the same pair at once: one does, the other is told', async () => {
  const [one, other] = [
    await recorded({ givenName: 'Ina', familyName: 'Twice' }),
    await recorded({ givenName: 'Ina', familyName: 'Twice' }),
  ]
  const replies = await Promise.all([merge(one, other), merge(other, one), merge(one, other)])
  assert.deepEqual(
    replies.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 409, 409],
  )
  assert.equal((await merge(one, one)).body['code'], 'same_record')
  assert.equal((await merge(one, newId())).status, 404)
})

test('who acts for one of the two sees that one only, until the desk lets them see both; undone, only that one again', async () => {
  const [kim, kimTwo] = [
    await recorded({ givenName: 'Kim', familyName: 'Young' }),
    await recorded({ givenName: 'Kimmy', familyName: 'Young' }),
  ]
  const { cookie } = await withCode(world, 'pat@example.org')
  const grantId = newId()
  const personId = await personOf(cookie)
  await world.write(async (tx) => {
    await tx
      .insertInto('people.proxyGrant')
      .values({
        organizationId: world.organizationId,
        id: grantId,
        patientId: kimTwo,
        personId,
        proxyName: 'Pat Young',
        basis: 'chosen',
        scopes: ['book'],
        fromAt: world.now(),
        givenAt: world.now(),
        givenBy: 'test',
        acceptedAt: world.now(),
      })
      .execute()
  })
  const [hers, theirs] = [await book(kim), await book(kimTwo)]
  assert.equal((await world.ask('POST', '/api/people/acting-for', { patientId: kimTwo }, { cookie })).status, 200)
  const seen = async () =>
    (await world.ask('GET', '/api/scheduling/my-visits', undefined, { cookie })).body['coming'].map(
      (one: Json) => one.id,
    )
  const id = await merged(kim, kimTwo)
  assert.deepEqual(await seen(), [theirs])
  const { body } = await desk.asks('GET', `/api/people/merges?patientId=${kim}`)
  assert.deepEqual(body['merges'][0].proxies, [{ grantId, patientId: kimTwo, name: 'Pat Young', seesBoth: false }])
  const widen = (seesBoth: boolean) => desk.asks('PUT', `/api/people/merges/${id}/proxies/${grantId}`, { seesBoth })
  assert.equal((await widen(true)).status, 200)
  assert.deepEqual((await seen()).toSorted(), [hers, theirs].toSorted())
  await widen(false)
  assert.deepEqual(await seen(), [theirs])
  await widen(true)
  await undo(id)
  assert.deepEqual(await seen(), [theirs])
  assert.equal((await widen(true)).status, 404)
})

test('who is kept from one of the two records is kept from both for as long as they are one', async () => {
  const [lia, liaTwo] = [
    await recorded({ givenName: 'Lia', familyName: 'Torres' }),
    await recorded({ givenName: 'Lía', familyName: 'Torres' }),
  ]
  const { cookie } = await withCode(world, 'tom@example.org')
  const personId = await personOf(cookie)
  const give = async (patientId: string) => {
    const id = newId()
    const [{ organizationId }, at] = [world, world.now()]
    const given = { fromAt: at, givenAt: at, givenBy: 'test', acceptedAt: at, scopes: ['book' as const] }
    const grant = { organizationId, id, patientId, personId, proxyName: 'Tom', basis: 'chosen' as const, ...given }
    await world.write((tx) => tx.insertInto('people.proxyGrant').values(grant).execute())
    return id
  }
  const [first, second] = [await give(lia), await give(liaTwo)]
  assert.ok(second)
  const actFor = (patientId: string | null) => world.ask('POST', '/api/people/acting-for', { patientId }, { cookie })
  assert.equal((await actFor(liaTwo)).status, 200)
  const blocked = await desk.asks('POST', `/api/people/patients/${lia}/proxies/${first}/block`, { why: 'Court order' })
  assert.equal(blocked.status, 200, JSON.stringify(blocked.body))
  const isOpen = async () => (await world.ask('GET', '/api/people/acting-for', undefined, { cookie })).body['open']
  assert.equal(await isOpen(), true)
  const id = await merged(lia, liaTwo)
  assert.equal(await isOpen(), false)
  assert.equal((await actFor(liaTwo)).status, 404)
  for (const patientId of [lia, liaTwo])
    assert.equal(
      await world.write((tx) => isBlocked(tx, { organizationId: world.organizationId, patientId, personId })),
      true,
    )
  await undo(id)
  assert.equal((await actFor(liaTwo)).status, 200)
})

test('a guest who proves the contact of the absorbed record is taken for the one that stands for it', async () => {
  const kept = await recorded({ givenName: 'Guido', familyName: 'Known' })
  const old = await recorded({
    givenName: 'Guido',
    familyName: 'Known',
    contacts: [{ kind: 'phone', value: '617 555 3777' }],
  })
  await merged(kept, old)
  const told = { kind: 'phone', value: '617 555 3777' }
  const person = { givenName: 'Guido', familyName: 'Known', bornOn: '1980-02-01', language: 'en' }
  const wish = { offeringId: clinic.osei.office, startsAt: '2026-12-14T14:00:00Z', language: 'en' }
  const { status, body } = await desk.asks('POST', '/api/scheduling/appointments', {
    ...wish,
    guest: { person, contact: { told } },
  })
  assert.equal(status, 200, JSON.stringify(body))
  const visit = await world.write((tx) =>
    tx
      .selectFrom('scheduling.appointment')
      .where('id', '=', body['appointment'].id)
      .select('patientId')
      .executeTakeFirst(),
  )
  assert.equal(visit?.patientId, kept)
})

// Random histories. Each patient has a twin to whom the same happens, but for the merges: afterwards both are alike.

const letters = ['a', 'b', 'c', 'd'] as const
const which = fc.integer({ min: 0, max: 3 })
const deed = fc.oneof(
  fc.record({
    do: fc.constant('merge' as const),
    of: which,
    into: which,
    chosen: fc.subarray(['name', 'bornOn', 'gender', 'language']),
  }),
  fc.record({ do: fc.constant('undo' as const), of: which }),
  fc.record({ do: fc.constantFrom('rename', 'reach', 'need', 'book' as const), of: which }),
)

const joined = (of: number, into: number) => ({ do: 'merge' as const, of, into, chosen: ['name', 'bornOn'] })
const renamed = (of: number) => ({ do: 'rename' as const, of })
const undone = (of: number) => ({ do: 'undo' as const, of })
/** What must not be left to chance: the first of two undone first; a chain undone from its end and from its middle. */
const histories: [(ReturnType<typeof joined> | ReturnType<typeof renamed> | ReturnType<typeof undone>)[], number[]][] =
  [
    [[joined(1, 0), joined(2, 0), undone(0)], [0]],
    [
      [joined(2, 1), joined(1, 0), joined(3, 0), undone(0)],
      [1, 0],
    ],
    [[joined(2, 1), joined(1, 0), renamed(0), undone(1)], [0]],
    [
      [joined(1, 0), joined(2, 0), renamed(0), joined(3, 0)],
      [0, 0, 0],
    ],
  ]

test('whatever merges and changes follow each other, undone in any order all is as if nothing had been merged', async () => {
  let made = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(deed, { minLength: 4, maxLength: 14 }),
      fc.array(which, { minLength: 4, maxLength: 4 }),
      async (deeds, order) => {
        const round = ++made
        const facts = (at: number, id: string) => ({
          id,
          givenName: `Given${at}`,
          familyName: `Family${'abcd'[at]}`,
          bornOn: `198${at}-02-0${at + 1}`,
          gender: ['male', 'female', 'other', null][at] ?? null,
          language: at % 2 ? 'es' : 'en',
          contacts: [
            { kind: 'phone' as const, value: `617 555 40${round % 10}${at}` },
            { kind: 'email' as const, value: `same${round}@example.org` },
          ],
        })
        const ids = letters.map(() => newId())
        const twins = letters.map(() => newId())
        for (const at of letters.keys()) for (const four of [ids, twins]) await recorded(facts(at, four[at]!))
        const standing: string[] = []
        let count = 0
        for (const one of deeds) {
          count++
          if (one.do === 'merge') {
            const { status, body } = await merge(ids[one.into]!, ids[one.of]!, one.chosen)
            if (status === 200) standing.push(body['id'])
            else assert.ok(['same_record', 'already_merged'].includes(body['code']), JSON.stringify(body))
          } else if (one.do === 'undo') {
            const [id] = standing.splice(one.of, 1)
            if (id) assert.equal((await undo(id)).status, 200)
          } else
            for (const four of [ids, twins]) {
              const id = four[one.of]!
              if (one.do === 'rename') await recorded({ ...facts(one.of, id), givenName: `New${count}` })
              else if (one.do === 'need')
                await desk.asks('PUT', `/api/scheduling/patients/${id}/support`, {
                  needs: ['quiet'],
                  interpreter: null,
                })
              else if (one.do === 'book') await book(id)
              else await proveContact(id, `+161755590${String(count).padStart(2, '0')}`)
            }
        }
        for (const at of order) {
          const [id] = standing.splice(at % Math.max(standing.length, 1), 1)
          if (id) assert.equal((await undo(id)).status, 200)
        }
        const plain = (texts: string[], of: string[]) =>
          texts
            .filter((text) => !text.startsWith('people.support') && !text.startsWith('scheduling.'))
            .map((text) =>
              of
                .reduce((left, id, at) => left.replaceAll(id, letters[at]!), text)
                .replaceAll(/"[-0-9]+ [0-9:.+]+"\)$/g, '"then")'),
            )
            .toSorted()
        assert.deepEqual(plain(await allRowsOf(ids), ids), plain(await allRowsOf(twins), twins))
        assert.equal((await allRowsOf(ids)).length, (await allRowsOf(twins)).length)
      },
    ),
    { numRuns: 10, examples: histories },
  )
})

const proveContact = (patientId: string, value: string) =>
  world.write((tx) =>
    tx
      .insertInto('people.patientContact')
      .values({ organizationId: world.organizationId, patientId, kind: 'phone', value, verifiedAt: world.now() })
      .onConflict((same) => same.doNothing())
      .execute(),
  )
