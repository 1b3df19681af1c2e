import assert from 'node:assert/strict'
import { test } from 'node:test'
import { appCode, goodPassword, withCode, withPassword } from '../../testing/colleague.ts'
import { openWorld, type World } from '../../testing/world.ts'

async function lettersTo(world: World, contact: string) {
  await world.settle()
  const { body } = await world.ask('GET', '/api/conversations/dev/mailbox')
  const mine = (body['messages'] as { recipient: string; subject: string; text: string }[]).filter(
    ({ recipient }) => recipient === contact,
  )
  return mine.filter(({ subject }) => subject.includes('account'))
}

test('a change of a way in is told to its owner, once, with no link and nothing secret', async () => {
  await using world = await openWorld()
  const nia = await withPassword(world, 'Nia Cole')
  assert.deepEqual(await lettersTo(world, nia.email), [], 'the first device of all is no news')
  const { body } = await world.ask('POST', '/api/people/account/recovery-codes', {}, { cookie: nia.cookie })
  const letters = await lettersTo(world, nia.email)
  assert.equal(letters.length, 1)
  assert.match(letters[0]!.text, /New recovery codes were made/)
  assert.ok(!letters[0]!.text.includes('http') && !letters[0]!.text.includes(body['codes'][0]))
  assert.equal((await lettersTo(world, nia.email)).length, 1)
})

test('a sign-in on a device that is new is told; on a known one it is not', async () => {
  await using world = await openWorld()
  const nia = await withPassword(world, 'Nia Cole')
  const signIn = async (agent: string) => {
    world.at(world.now().add({ seconds: 30 }))
    const headers = { 'user-agent': agent }
    const named = { name: nia.email, password: goodPassword }
    const { body } = await world.ask('POST', '/api/people/sign-in/password', named, headers)
    const code = appCode(world, nia.secret)
    const { status } = await world.ask(
      'POST',
      '/api/people/sign-in/second-factor',
      { step: body['step'], code },
      headers,
    )
    assert.equal(status, 200)
  }
  for (let i = 0; i < 2; i++) await signIn('Mozilla/5.0 (Windows NT 10.0) Firefox/149.0')
  const letters = await lettersTo(world, nia.email)
  assert.deepEqual(
    letters.map(({ text }) => text.includes('a device that is new to us')),
    [true],
  )
})

test('somebody who reads Spanish is told in Spanish', async () => {
  await using world = await openWorld()
  const { cookie } = await withCode(world, 'ada@example.org', 'es')
  const done = await world.ask('POST', '/api/people/account/password', { password: goodPassword }, { cookie })
  assert.equal(done.status, 200)
  await world.settle()
  const { body } = await world.ask('GET', '/api/conversations/dev/mailbox')
  const [letter] = body['messages'].filter(({ text }: { text: string }) => text.includes('contraseña'))
  assert.match(letter.subject, /^Su cuenta en River Clinic$/)
})
