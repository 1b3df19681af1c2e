/** A code proves a contact once, soon and in few tries; asking for one tells a stranger nothing. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openWorld, sql, type World } from '../../testing/world.ts'
import { openContactCode } from './code.ts'
import { readProof } from './proof.ts'
import { peoplePlan } from '../jobs.ts'

const ask = (world: World, value: string, kind: 'phone' | 'email' = 'phone') =>
  world.ask('POST', '/api/people/contact-codes', { to: { kind, value }, language: 'es' })
const prove = (world: World, id: string, code: string) =>
  world.ask('POST', `/api/people/contact-codes/${id}/proof`, { code })
const codeOf = async (world: World, id: string) =>
  (await world.write((tx) => openContactCode(world, tx, world.organizationId, id)))!
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

test('the right code gives a proof of the contact, once and for half an hour', async () => {
  await using world = await openWorld()
  const sent = await ask(world, '(617) 555-0123')
  assert.equal(sent.status, 200)
  assert.equal(sent.body['expiresAt'], '2026-12-01T14:10:00Z')
  const { code, to, language } = await codeOf(world, sent.body['id'])
  assert.deepEqual({ to, language }, { to: { kind: 'phone', value: '+16175550123' }, language: 'es' })
  assert.match(code, /^\d{6}$/)

  const first = await prove(world, sent.body['id'], wrong(code))
  assert.deepEqual([first.status, first.body['code'], first.body['triesLeft']], [422, 'wrong_code', 4])
  const proved = await prove(world, sent.body['id'], code)
  assert.equal(proved.status, 200)
  assert.deepEqual(readProof(world, world.organizationId, proved.body['proof']), to)
  assert.equal((await prove(world, sent.body['id'], code)).body['code'], 'code_over')

  const elsewhere = '00000000-0000-7000-8000-000000000000'
  assert.throws(() => readProof(world, elsewhere, proved.body['proof']), { code: 'proof' })
  assert.throws(() => readProof(world, world.organizationId, `${proved.body['proof']}x`), { code: 'proof' })
  world.at('2026-12-01T14:30:00Z')
  assert.throws(() => readProof(world, world.organizationId, proved.body['proof']), { code: 'proof' })
})

test('five wrong codes end it, and then even the right one is refused', async () => {
  await using world = await openWorld()
  const { id } = (await ask(world, 'ada@example.org', 'email')).body as { id: string }
  const { code } = await codeOf(world, id)
  for (const triesLeft of [4, 3, 2, 1, 0])
    assert.equal((await prove(world, id, wrong(code))).body['triesLeft'], triesLeft)
  const late = await prove(world, id, code)
  assert.deepEqual([late.status, late.body['code']], [422, 'code_over'])
})

test('fifty guesses at once are still five tries', async () => {
  await using world = await openWorld()
  const { id } = (await ask(world, '617 555 0123')).body as { id: string }
  const { code } = await codeOf(world, id)
  const replies = await Promise.all(Array.from({ length: 50 }, () => prove(world, id, wrong(code))))
  assert.equal(replies.filter(({ body }) => body['code'] === 'wrong_code').length, 5)
  assert.equal(replies.filter(({ body }) => body['code'] === 'code_over').length, 45)
})

test('a code is over after ten minutes, and an unknown one looks the same', async () => {
  await using world = await openWorld()
  const { id } = (await ask(world, '617 555 0123')).body as { id: string }
  const { code } = await codeOf(world, id)
  world.at('2026-12-01T14:10:00Z')
  const expired = await prove(world, id, code)
  const unknown = await prove(world, '00000000-0000-7000-8000-000000000000', code)
  for (const reply of [expired, unknown]) assert.deepEqual([reply.status, reply.body['code']], [422, 'code_over'])
  assert.deepEqual({ ...expired.body, requestId: '' }, { ...unknown.body, requestId: '' })
  assert.equal(await world.write((tx) => openContactCode(world, tx, world.organizationId, id)), undefined)
})

test('one phone gets three codes in a quarter of an hour, however they are asked for', async () => {
  await using world = await openWorld()
  const replies = await Promise.all(
    ['617 555 0123', '(617) 555-0123', '+16175550123', '6175550123', '1-617-555-0123'].map((value) =>
      ask(world, value),
    ),
  )
  assert.equal(replies.filter(({ status }) => status === 200).length, 3)
  const refused = replies.filter(({ status }) => status === 429)
  assert.deepEqual(
    refused.map(({ body, headers }) => [body['code'], body['retryAfter'], headers['retry-after']]),
    [
      ['too_many_tries', 900, '900'],
      ['too_many_tries', 900, '900'],
    ],
  )
  assert.equal((await ask(world, '617 555 0124')).status, 200)
  world.at('2026-12-01T14:15:01Z')
  assert.equal((await ask(world, '617 555 0123')).status, 200)
})

test('nobody can make the clinic send texts to thousands of strangers', async () => {
  await using world = await openWorld()
  const replies: number[] = []
  for (let i = 0; i < 62; i++) replies.push((await ask(world, `617 555 ${String(1000 + i)}`)).status)
  assert.equal(replies.filter((status) => status === 200).length, 60)
  assert.equal((await ask(world, '617 555 0999')).body['code'], 'too_many_tries')
  world.at('2026-12-01T14:01:01Z')
  assert.equal((await ask(world, '617 555 0999')).status, 200)
})

test('a contact we know and one we do not get the same reply', async () => {
  await using world = await openWorld()
  const desk = await world.frontDesk()
  const person = { givenName: 'Ada', familyName: 'Lima', bornOn: '1980-02-01', language: 'en' }
  assert.equal((await desk.asks('POST', '/api/people/patients', { person, email: 'Ada@example.org' })).status, 200)
  const known = await ask(world, 'ada@example.org', 'email')
  const unknown = await ask(world, 'nobody@example.org', 'email')
  assert.deepEqual(
    [known.status, Object.keys(known.body), known.body['expiresAt']],
    [unknown.status, Object.keys(unknown.body), unknown.body['expiresAt']],
  )
  assert.equal((await ask(world, '12 34 56 7')).body['code'], 'phone')
})

test('neither contact nor code is in the queue, the log or readable in the database, and both are forgotten', async () => {
  await using world = await openWorld()
  const { id } = (await ask(world, 'zyxwv.canary@example.org', 'email')).body as { id: string }
  const { code } = await codeOf(world, id)
  await prove(world, id, wrong(code))
  const jobs = await sql<{ data: object }>`select data from pgboss.job`.execute(world.db.worker)
  assert.ok(
    jobs.rows.some(({ data }) => JSON.stringify(data).includes(id)),
    'the worker was told',
  )
  const written = JSON.stringify(jobs.rows) + world.logLines.join('')
  assert.doesNotMatch(written, /zyxwv/i)
  assert.ok(!written.includes(code))
  const row = () =>
    world.write((tx) => tx.selectFrom('people.contactCode').selectAll().where('id', '=', id).executeTakeFirst())
  const stored = (await row())!
  assert.ok(!Buffer.concat([stored.codeHash, stored.sealedCode!]).toString('latin1').includes(code))
  await assert.rejects(sql`select * from people.contact_code`.execute(world.db.public), /permission denied/)
  await assert.rejects(sql`select * from people.contact_code`.execute(world.db.portal), /permission denied/)

  world.at('2026-12-01T14:11:00Z')
  await peoplePlan.chores[0]!.run(world)
  assert.equal((await row())!.sealedCode, null)
  world.at('2026-12-02T14:11:00Z')
  await peoplePlan.chores[0]!.run(world)
  assert.equal(await row(), undefined)
})
