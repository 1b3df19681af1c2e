import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { isGuessable, refuseWeakPassword } from './weak-password.ts'
import { networkOf } from '../../platform/network.ts'
import { isInList } from './leaked-passwords.ts'
import { deviceOf } from './device.ts'

const nowhere = { config: { production: false, publicUrl: '', mailFrom: '', smtpUrl: undefined } }

test('what is guessed first is refused, however it is spelt', () => {
  for (const password of [
    'password1234',
    'P@ssw0rd2026!',
    'Welcome12345',
    'qwertyuiop123',
    '1q2w3e4r5t6y',
    '123456789012',
    '987654321098',
    'abcdefghijkl',
    'aaaaaaaaaaaa',
    'abcabcabcabc',
    'iloveyou2026',
    'Contraseña2026',
    'michael19850317',
    'Summer-2026!!',
    'footballfootball',
    'JenniferAshley1',
    'letmein letmein',
  ])
    assert.ok(isGuessable(password), password)
})

test('what nobody guesses first is welcome, without capital letters, digits or signs', () => {
  for (const password of [
    'velvet trombone glacier mustard',
    'correct horse battery staple',
    'my cat hates tuesdays in vermont',
    'k7#vQp2!xLm9',
    'tresgatosazulesbailan',
    'brújula tormenta cuchara',
    'zonk-plimth-gravo',
  ])
    assert.ok(!isGuessable(password), password)
})

test('one’s own name, email and clinic are no password', async () => {
  const personal = ['Nia Cole', 'nia.cole@river-clinic.example', 'River Clinic']
  for (const password of ['niacole12345', 'RiverClinic2026', 'cole-nia-river'])
    await assert.rejects(refuseWeakPassword(nowhere, password, personal), { code: 'password_guessable' }, password)
  await assert.rejects(refuseWeakPassword(nowhere, 'eleven char', personal), { code: 'password_short' })
  await assert.rejects(refuseWeakPassword(nowhere, 'x'.repeat(257), personal), { code: 'password_long' })
  await refuseWeakPassword(nowhere, 'velvet trombone glacier mustard', personal)
})

test('what has leaked is refused, in letters of either case, though it follows no pattern', async () => {
  for (const password of ['mychemicalromance', 'HappyTreeFriends', 'rU4btrpNKoKGEq', 'euamominhavida']) {
    assert.ok(!isGuessable(password), `${password} proves nothing of the list`)
    await assert.rejects(refuseWeakPassword(nowhere, password, []), { code: 'password_guessable' }, password)
  }
})

test('a whole list of leaked passwords that the operator keeps is searched to its first and last line', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'attend-leaked-'))
  try {
    const sha1 = (text: string) => createHash('sha1').update(text).digest('hex').toUpperCase()
    const words = Array.from({ length: 500 }, (_, n) => `unguessed phrase of number ${n}`)
    for (const [end, counts] of [
      ['\r\n', true],
      ['\n', false],
    ] as const) {
      const lines = words.map((word, n) => sha1(word) + (counts ? `:${7 ** (n % 9)}` : ''))
      const path = join(folder, String(counts))
      writeFileSync(path, lines.sort().join(end))
      for (const word of words) assert.ok(await isInList(path, word), word)
      for (const word of words) assert.ok(!(await isInList(path, `${word}!`)), word)
      const told = { config: { ...nowhere.config, leakedPasswords: path } }
      await assert.rejects(refuseWeakPassword(told, 'unguessed phrase of number 17', []), {
        code: 'password_guessable',
      })
      await refuseWeakPassword(told, 'velvet trombone glacier mustard', [])
    }
    await assert.rejects(isInList(join(folder, 'none'), 'anything'), { code: 'ENOENT' })
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('twenty thousand typed signs are judged at once', () => {
  const start = performance.now()
  for (const text of ['a1'.repeat(128), `${'ab'.repeat(127)}!!`, 'qwerty'.repeat(42), '１２３'.repeat(80)])
    isGuessable(text)
  assert.ok(performance.now() - start < 500)
})

test('one subscriber is one address, however IPv6 is spelt', () => {
  for (const [address, network] of [
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::ffff', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ] as const)
    assert.equal(networkOf(address), network)
})

test('a device is named as its owner knows it', () => {
  assert.equal(deviceOf('Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) CriOS/140 Mobile Safari'), 'Chrome on iPhone')
  assert.equal(deviceOf('curl/8'), 'Unknown device')
  assert.equal(deviceOf(undefined), 'Unknown device')
})
