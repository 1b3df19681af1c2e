/** The local twins remember: what was 'sent' can be read, once a key. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { messageIdOf } from './mail.ts'
import { localMail, localTexts, type Kept } from './twins.ts'
import { Clearance } from './gate.ts'

// What it says is not what these tests are about.
const { clearance } = Clearance.of({ carry: 'whole' }, { whole: 0, reduced: 0 }) ?? assert.fail()
const letter = {
  clearance,
  organizationId: 'org',
  key: 'k1',
  to: 'ada@example.org',
  from: { name: 'Clinic', address: 'no-reply@localhost' },
  subject: 'Hi',
  text: 'text',
  html: '<p>',
  language: 'en',
  calendar: { method: 'REQUEST' as const, content: 'BEGIN', fileName: 'visit.ics' },
}

test('a letter with the same key is kept once and gets the same receipt, also when both come at once', async () => {
  const kept: Kept[] = []
  const mail = localMail(async (message) => void kept.push(message))
  const receipts = await Promise.all([mail.send(letter), mail.send(letter)])
  receipts.push(await mail.send(letter))
  assert.equal(new Set(receipts.map(({ id }) => id)).size, 1)
  assert.equal(receipts[0]?.id, messageIdOf(letter))
  assert.deepEqual(kept, [
    {
      organizationId: 'org',
      key: 'k1',
      channel: 'email',
      recipient: 'ada@example.org',
      subject: 'Hi',
      text: 'text',
      html: '<p>',
      calendar: 'BEGIN',
    },
  ])
  await mail.send({ ...letter, key: 'k2' })
  await mail.send({ ...letter, organizationId: 'other' })
  assert.equal(kept.length, 3)
})

test('a text with the same key is kept once', async () => {
  const kept: Kept[] = []
  const texts = localTexts(async (message) => void kept.push(message))
  const text = { clearance, organizationId: 'org', key: 'k1', to: '+16175550100', body: 'Hello' }
  assert.deepEqual(await texts.send(text), await texts.send(text))
  assert.deepEqual(
    kept.map(({ channel, recipient, text: body, subject }) => [channel, recipient, body, subject]),
    [['text', '+16175550100', 'Hello', null]],
  )
})

test('when the mailbox fails the letter fails, and can be sent again', async () => {
  let broken = true
  const kept: Kept[] = []
  const mail = localMail(async (message) => {
    if (broken) throw new Error('disk full')
    kept.push(message)
  })
  await assert.rejects(mail.send(letter), /disk full/)
  broken = false
  await mail.send(letter)
  assert.equal(kept.length, 1)
})
