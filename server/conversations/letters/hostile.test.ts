/** Whatever people and imports put into names and notes, a message stays what the clinic meant to send. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { visitLetter } from './confirmation.ts'
import type { VisitFacts } from './facts.ts'
import { href, html } from './html.ts'
import { greetable, oneLine } from './plain.ts'
import { fitting, segmentsOf, sevenBit } from './segments.ts'
import { visitText } from './text-message.ts'

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='x",
    '`${1}`',
    '</style><b>',
    '&lt;',
    'Ada\r\nBcc: all@example.org',
    '\u202Egnp.exe',
    'Win! https://evil.example',
    '<!--',
    ']]>',
    '{{7*7}}',
    '\u0000',
    '\uD800',
  ),
)
const facts = (text: string): VisitFacts => ({
  language: 'en',
  kind: 'booked',
  patientFirstName: text,
  clinicName: text,
  clinicPhone: text,
  when: Temporal.Instant.from('2026-12-02T15:00:00Z'),
  zone: 'America/New_York',
  practitionerName: text,
  place: { name: text, lines: [text], phone: text, latitude: null, longitude: null },
  video: false,
  directions: text,
  bring: [text],
  prepare: [text],
  manageUrl: 'https://care.example.org/v#abc',
  cancelCutoffHours: 24,
})
const tagsOf = (page: string) => page.match(/<[a-z!/][^>]*>/gi) ?? []

test('no value can add a tag, an attribute or an outside resource to a page', () => {
  const plain = tagsOf(visitLetter(facts('Ada')).html)
  fc.assert(
    fc.property(nasty, (text) => {
      const page = visitLetter({
        ...facts('Ada'),
        patientFirstName: text,
        clinicName: `C${text}`,
        practitionerName: `K${text}`,
        directions: `D${text}`,
        bring: [`B${text}`],
        prepare: [`P${text}`],
      }).html
      assert.deepEqual(tagsOf(page), plain)
      assert.doesNotMatch(
        page.replace(/&(amp|lt|gt|quot|#39|#96);/g, ''),
        /[<]script|\son[a-z]+=[^;]*"[^>]*>[^]*?&|\ssrc=["'h/]/,
      )
    }),
    { numRuns: 500 },
  )
})

test('an escaped value reads back as it was, controls aside', () => {
  const entities: Record<string, string> = {
    '&amp;': '&',
    '&lt;': '<',
    '&gt;': '>',
    '&quot;': '"',
    '&#39;': "'",
    '&#96;': '`',
  }
  fc.assert(
    fc.property(nasty, (text) => {
      const shown = html`<b title="${text}">${text}</b>`.toString()
      const [, attribute, content] = /^<b title="([^"<>]*)">([^<>]*)<\/b>$/.exec(shown) ?? []
      assert.equal(attribute, content)
      const back = content?.replace(/&[#a-z0-9]+;/g, (entity) => entities[entity] ?? '?')
      assert.equal(back, text.toWellFormed().replace(/[^\P{Cc}\t\n\r]/gu, ''))
    }),
    { numRuns: 500 },
  )
})

test('subjects and text messages stay on one line, without marks that reverse the reading', () => {
  fc.assert(
    fc.property(nasty, (text) => {
      for (const line of [visitLetter(facts(text)).subject, visitText(facts(text)).body, oneLine(text)])
        assert.doesNotMatch(line, /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u)
    }),
  )
})

test('a name that carries a link or a slogan is not greeted', () => {
  for (const name of ['Win https://evil.example', 'evil.example', 'a@b.c', '$500', 'x'.repeat(41), '', '\u202E', '<b>'])
    assert.equal(greetable(name), undefined)
  for (const name of ['Ada', 'José María', 'Mary-Jo', "D'Arcy", 'Nguyễn', '王', 'ירון'])
    assert.equal(greetable(name), name)
})

test('a letter with a link to anything but the web or a phone does not go out', () => {
  for (const url of [
    'javascript:alert(1)',
    'data:text/html,x',
    '//evil.example',
    ' https://x',
    'tel:1;ext=2',
    'file:///etc',
  ])
    assert.throws(() => href(url), RangeError)
  assert.throws(() => visitLetter({ ...facts('Ada'), manageUrl: 'javascript:alert(1)' }), RangeError)
})

test('a letter fetches nothing, and leads only to the visit and the phone', () => {
  const page = visitLetter({
    ...facts('Ada'),
    clinicPhone: '+16175550100',
    place: { ...facts('Ada').place, phone: null },
  }).html
  assert.doesNotMatch(page, /\ssrc=|url\(|@import|<link|<img|<script|<iframe/i)
  assert.deepEqual(
    [...page.matchAll(/href="([^"]*)"/g)].map(([, to]) => to),
    ['https://care.example.org/v#abc', 'tel:+16175550100'],
  )
})

test('segments are counted as carriers count them', () => {
  assert.equal(segmentsOf('a'.repeat(160)), 1)
  assert.equal(segmentsOf('a'.repeat(161)), 2)
  assert.equal(segmentsOf('a'.repeat(306)), 2)
  assert.equal(segmentsOf('a'.repeat(307)), 3)
  assert.equal(segmentsOf('€'.repeat(80)), 1)
  assert.equal(segmentsOf('€'.repeat(81)), 2)
  assert.equal(segmentsOf('ñéü¿¡'.repeat(32)), 1, 'these are in the alphabet')
  assert.equal(segmentsOf('á'.repeat(70)), 1)
  assert.equal(segmentsOf('á'.repeat(71)), 2)
  assert.equal(segmentsOf('á'.repeat(135)), 3)
  assert.equal(sevenBit('mié, ¿mañana? Aquí está'), 'mié, ¿mañana? Aqui esta')
  assert.equal(fitting(['á'.repeat(200)]), 'a'.repeat(200))
  assert.equal(fitting(['a'.repeat(400), 'short']), 'short')
})

test('text messages fit two segments for all ordinary clinics, places and links, and never lose what matters', () => {
  const named = (max: number) =>
    fc
      .string({ unit: fc.constantFrom(...Array.from('abcdefghijk ABCÁÉÍáéíóúñ')), minLength: 1, maxLength: max })
      .map((s) => `X${s.trim()}`)
  fc.assert(
    fc.property(
      named(39),
      named(20),
      named(60),
      fc.constantFrom('en', 'es'),
      fc.constantFrom('booked', 'moved', 'cancelled'),
      fc.integer({ min: 10, max: 60 }),
      fc.boolean(),
      (clinicName, first, street, language, kind, length, video) => {
        const manageUrl = `https://care.example.org/v#${'k'.repeat(length)}`
        const place = { name: street, lines: [street], phone: '+16175550100', latitude: null, longitude: null }
        const { body } = visitText({
          ...facts(first),
          clinicName,
          place,
          language,
          kind,
          manageUrl,
          video,
          viewerZone: 'Asia/Kolkata',
        })
        assert.ok(segmentsOf(body) <= 2, `${segmentsOf(body)}: ${body}`)
        for (const part of [sevenBit(oneLine(clinicName)), manageUrl, '(617) 555-0100', '10:00'])
          assert.ok(sevenBit(body).includes(part))
      },
    ),
  )
})
