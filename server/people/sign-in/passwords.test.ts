import assert from 'node:assert/strict'
import { argon2Sync, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { withinSignIn } from '../../platform/db.ts'
import { appCode, cookieOf, goodPassword, invite, proofOf, withPassword } from '../../testing/colleague.ts'
import { openWorld, type World } from '../../testing/world.ts'

const give = (world: World, name: string, password: string, more: Record<string, string> = {}) =>
  world.ask('POST', '/api/people/sign-in/password', { name, password }, more)
const second = (world: World, body: object) => world.ask('POST', '/api/people/sign-in/second-factor', body)

/** The next code of the app: each is good once. */
function nextCode(world: World, secret: string) {
  world.at(world.now().add({ seconds: 30 }))
  return appCode(world, secret)
}

test('a colleague signs in with a password and then the code of their app, and with neither of them alone', async () => {
  await using world = await openWorld()
  const { email, secret, enrolled } = await withPassword(world, 'Nia Cole', ['biller'])
  assert.equal(enrolled.status, 200, JSON.stringify(enrolled.body))
  const first = await give(world, ` ${email.toUpperCase()} `, goodPassword)
  assert.equal(first.status, 200)
  assert.deepEqual([first.body['state'], first.body['role'], cookieOf(first)], ['second_factor', null, ''])
  // What the first step gave opens nothing.
  const nothing = await world.ask('GET', '/api/people/account', undefined, { cookie: `attend=${first.body['step']}` })
  assert.equal(nothing.status, 401)
  const wrong = await second(world, { step: first.body['step'], code: '000000' })
  assert.deepEqual([wrong.status, wrong.body['code']], [401, 'wrong_code'])
  const done = await second(world, { step: first.body['step'], code: nextCode(world, secret) })
  assert.deepEqual([done.status, done.body['role']], [200, 'biller'])
  // The right code with a wrong password is no sign-in.
  assert.equal((await give(world, email, 'some other twelve letters')).status, 401)
  // The step was used up with the code.
  assert.equal(
    (await second(world, { step: first.body['step'], code: nextCode(world, secret) })).body['code'],
    'step_over',
  )
})

test('a code of the app is good once, for its half minute and one to either side', async () => {
  await using world = await openWorld({ now: '2026-12-01T14:00:10Z' })
  const { email, secret } = await withPassword(world, 'Nia Cole')
  const tryCode = async (code: string) => {
    const { body } = await give(world, email, goodPassword)
    return (await second(world, { step: body['step'], code })).status
  }
  world.at('2026-12-01T14:05:10Z')
  const code = appCode(world, secret)
  assert.equal(await tryCode(code), 200)
  assert.equal(await tryCode(code), 401, 'used twice')
  world.at('2026-12-01T14:07:10Z')
  const early = appCode(world, secret)
  world.at('2026-12-01T14:06:40Z')
  assert.equal(await tryCode(early), 200, 'one step early')
  assert.equal(await tryCode(appCode(world, secret)), 401, 'older than the last that was used')
  world.at('2026-12-01T14:10:10Z')
  const old = appCode(world, secret)
  world.at('2026-12-01T14:11:15Z')
  assert.equal(await tryCode(old), 401, 'two steps late')
})

test('five wrong codes end the step, and ten in a quarter of an hour the tries, however many steps', async () => {
  await using world = await openWorld()
  const { email } = await withPassword(world, 'Nia Cole')
  const wrong: string[] = []
  for (let step = 0; step < 3; step++) {
    const { body } = await give(world, email, goodPassword)
    for (let i = 0; i < 5; i++) wrong.push((await second(world, { step: body['step'], code: '000000' })).body['code'])
    if (step === 0)
      assert.equal((await second(world, { step: body['step'], code: '000000' })).body['code'], 'step_over')
  }
  assert.equal(wrong.filter((code) => code === 'wrong_code').length, 10)
  assert.equal(wrong.at(-1), 'too_many_tries')
})

test('a recovery code stands in for the app once, however it is spelt', async () => {
  await using world = await openWorld()
  const { email, recoveryCodes } = await withPassword(world, 'Nia Cole')
  const [code] = recoveryCodes as string[]
  const use = async () => {
    const { body } = await give(world, email, goodPassword)
    return second(world, { step: body['step'], recoveryCode: code!.toUpperCase().replace('-', ' ') })
  }
  const used = await use()
  assert.equal(used.status, 200)
  const { body } = await world.ask('GET', '/api/people/account', undefined, { cookie: cookieOf(used) })
  assert.equal(body['recoveryCodesLeft'], 9)
  assert.equal((await use()).body['code'], 'wrong_code')
})

test('staff without a second factor get nothing: not by password, not by a code, not by a reset', async () => {
  await using world = await openWorld()
  const { id, email } = await withPassword(world, 'Nia Cole', ['clinician'])
  await withinSignIn(world.db, world.organizationId, (tx) =>
    tx
      .deleteFrom('people.totp')
      .where('organizationId', '=', world.organizationId)
      .where('personId', '=', id)
      .execute(),
  )
  const byPassword = await give(world, email, goodPassword)
  assert.deepEqual([byPassword.status, byPassword.body['code'], cookieOf(byPassword)], [403, 'staff_second_factor', ''])
  const proof = await proofOf(world, { kind: 'email', value: email })
  const byCode = await world.ask('POST', '/api/people/sign-in/code', { proof })
  assert.deepEqual([byCode.status, byCode.body['code'], cookieOf(byCode)], [403, 'staff_sign_in', ''])
  const reset = await world.ask('POST', '/api/people/sign-in/password-reset', {
    proof,
    password: 'quiet harbour lantern fig',
  })
  assert.equal(reset.status, 200)
  assert.equal((await give(world, email, 'quiet harbour lantern fig')).body['code'], 'staff_second_factor')
  // And the database would not keep such a session either.
  await assert.rejects(
    withinSignIn(world.db, world.organizationId, (tx) =>
      sql`insert into people.session (organization_id, token_hash, person_id, role, factors, assurance, proved_at, created_at, seen_at,
        idle_minutes, expires_at, device) values (${world.organizationId}, 'x', ${id}, 'clinician', '{password}', 1, now(), now(), now(), 15,
        now() + interval '1 hour', 'x')`.execute(tx),
    ),
    /staff_needs_two_factors/,
  )
})

test('a name that nobody has and a wrong password are told apart by nothing: not status, body, headers or time', async () => {
  await using world = await openWorld()
  const { email } = await withPassword(world, 'Nia Cole')
  const noPassword = await invite(world, 'Ben Ito')
  const times: Record<string, number[]> = { known: [], unknown: [] }
  const told = new Set<string>()
  const tell = ({ status, body, headers }: Awaited<ReturnType<typeof give>>) => {
    const { requestId: _, ...rest } = body
    const { date: _date, 'x-request-id': _id, ...named } = headers
    told.add(JSON.stringify([status, rest, named]))
  }
  for (let i = 0; i < 9; i++)
    for (const [kind, name] of [
      ['known', email],
      ['unknown', `nobody${i}@clinic.example`],
    ] as const) {
      const start = performance.now()
      tell(await give(world, name, 'some other twelve letters'))
      times[kind]!.push(performance.now() - start)
    }
  tell(await give(world, noPassword.email, 'some other twelve letters'))
  tell(await give(world, '+16175550123', 'some other twelve letters'))
  tell(await give(world, 'not a name', 'some other twelve letters'))
  assert.equal(told.size, 1, [...told].join('\n'))
  const median = (all: number[]) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)]!
  const [known, unknown] = [median(times['known']!), median(times['unknown']!)]
  // The hash is nearly all of it; a lookup that skipped it would take a tenth.
  assert.ok(unknown > known * 0.5 && unknown < known * 2, `known ${known} ms, unknown ${unknown} ms`)
})

test('ten wrong tries on one account in a quarter of an hour, known or not, from wherever, and then none', async () => {
  await using world = await openWorld()
  const { email, secret } = await withPassword(world, 'Nia Cole')
  const from = (i: number) => ({ 'x-forwarded-for': `203.0.113.${i}`, 'user-agent': `curl/${i}` })
  for (const name of [email, 'nobody@clinic.example']) {
    const statuses: number[] = []
    for (let i = 0; i < 12; i++) statuses.push((await give(world, name, `wrong password ${i}`, from(i))).status)
    assert.deepEqual(statuses, [...Array<number>(10).fill(401), 429, 429], name)
  }
  const locked = await give(world, email, goodPassword)
  assert.equal(locked.status, 429)
  assert.equal(Number(locked.headers['retry-after']), locked.body['retryAfter'])
  // It slides: a quarter of an hour after the tries, the right password opens again, and right ones never count.
  world.at(world.now().add({ minutes: 15, seconds: 1 }))
  for (let i = 0; i < 12; i++) {
    const { status, body } = await give(world, email, goodPassword)
    assert.equal(status, 200, `try ${i}`)
    if (i === 0) assert.equal((await second(world, { step: body['step'], code: appCode(world, secret) })).status, 200)
  }
})

test('tries at the same moment count before they are looked at', async () => {
  await using world = await openWorld()
  const { email } = await withPassword(world, 'Nia Cole')
  const all = await Promise.all(Array.from({ length: 30 }, (_, i) => give(world, email, `wrong password ${i}`)))
  const looked = all.filter(({ status }) => status === 401).length
  assert.ok(looked <= 10, `${looked} were looked at`)
})

test('a password is long and not among the first that are guessed, and a hash made with less is made anew', async () => {
  await using world = await openWorld()
  const { id, email, cookie } = await withPassword(world, 'Nia Cole')
  const set = (password: string) => world.ask('POST', '/api/people/account/password', { password }, { cookie })
  assert.equal((await set('short words')).body['code'], 'password_short')
  for (const guessed of ['Password123!', 'niacole2026!!', 'River-Clinic-1', 'qwertyuiop12', 'Summer2026Summer'])
    assert.equal((await set(guessed)).body['code'], 'password_guessable', guessed)
  assert.equal((await set('lantern orbit pickle seventeen')).status, 200)
  const salt = randomBytes(16)
  const message = 'lantern orbit pickle seventeen'
  const weak = argon2Sync('argon2id', { message, nonce: salt, parallelism: 1, tagLength: 32, memory: 1024, passes: 1 })
  const bare = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '')
  const phc = `$argon2id$v=19$m=1024,t=1,p=1$${bare(salt)}$${bare(Buffer.from(weak))}`
  const hashNow = () =>
    withinSignIn(world.db, world.organizationId, async (tx) => {
      const own = tx.selectFrom('people.password').where('personId', '=', id).select('hash')
      return (await own.executeTakeFirstOrThrow()).hash
    })
  await withinSignIn(world.db, world.organizationId, (tx) =>
    tx.updateTable('people.password').set({ hash: phc }).where('personId', '=', id).execute(),
  )
  assert.equal((await give(world, email, 'not that password')).status, 401)
  assert.equal(await hashNow(), phc)
  assert.equal((await give(world, email, message)).status, 200)
  assert.match(await hashNow(), /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
})

test('nothing that opens an account can be read in a copy of the database', async () => {
  await using world = await openWorld()
  const { secret, recoveryCodes, cookie, email } = await withPassword(world, 'Nia Cole')
  await give(world, email, goodPassword)
  const rows = await withinSignIn(world.db, world.organizationId, async (tx) =>
    JSON.stringify(
      await Promise.all([
        tx.selectFrom('people.password').selectAll().execute(),
        tx.selectFrom('people.totp').selectAll().execute(),
        tx.selectFrom('people.recoveryCode').selectAll().execute(),
        tx.selectFrom('people.session').selectAll().execute(),
        tx.selectFrom('people.ceremony').selectAll().execute(),
        tx.selectFrom('people.signInTry').selectAll().execute(),
      ]),
      (_, value: unknown) =>
        value && typeof value === 'object' && 'data' in value
          ? Buffer.from(value.data as number[]).toString('latin1')
          : value,
    ),
  )
  assert.ok(rows.length > 1000)
  for (const kept of [goodPassword, secret, recoveryCodes[0], cookie.split('=')[1], email])
    assert.ok(!rows.includes(kept), kept)
  assert.deepEqual(
    world.logLines.filter((line) =>
      [goodPassword, secret, recoveryCodes[0], cookie].some((kept) => line.includes(kept)),
    ),
    [],
  )
})
