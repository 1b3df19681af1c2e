// Addresses in plain messages.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { piecesOf } from './links.ts'

const hrefs = (text: string) => piecesOf(text).flatMap(({ href }) => href ?? [])

test('an address in a sentence is followed without the full stop behind it', () => {
  assert.deepEqual(piecesOf('Change it: https://clinic.example/v#a-b_c. Thank you.'), [
    { text: 'Change it: ' },
    { text: 'https://clinic.example/v#a-b_c', href: 'https://clinic.example/v#a-b_c' },
    { text: '. Thank you.' },
  ])
})

test('several addresses, brackets and line ends: nothing of the text is lost', () => {
  const text = 'One (http://a.example/1), two\nhttps://b.example/2?c=d&e=f\nthree'
  assert.deepEqual(hrefs(text), ['http://a.example/1', 'https://b.example/2?c=d&e=f'])
  assert.equal(
    piecesOf(text)
      .map((piece) => piece.text)
      .join(''),
    text,
  )
})

test('only web addresses are followed', () => {
  assert.deepEqual(hrefs('javascript:alert(1) ftp://x.example mailto:a@b.example http://'), [])
})
