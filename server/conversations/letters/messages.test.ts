/** Each message in each language keeps its promises, and tells none of the facts that a message must not tell. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calendarOf } from './calendar.ts'
import { codeLetter, codeText } from './code.ts'
import { visitLetter } from './confirmation.ts'
import type { CodeFacts, VisitFacts } from './facts.ts'
import { segmentsOf } from './segments.ts'
import { visitText } from './text-message.ts'
import { words } from '../words/index.ts'

const languages = ['en', 'es'] as const
const kinds = ['booked', 'moved', 'cancelled'] as const
const cases = languages.flatMap((language) => kinds.map((kind) => ({ language, kind })))

const secret = { reason: 'panic attacks', specialty: 'Psychiatry', diagnosis: 'F41.0', visitType: 'Colonoscopy' }
const facts: VisitFacts = {
  language: 'en',
  kind: 'booked',
  patientFirstName: 'Ada',
  clinicName: 'Lakeside Clinic',
  clinicPhone: '+16175550100',
  when: Temporal.Instant.from('2026-12-02T15:00:00Z'),
  zone: 'America/New_York',
  movedFrom: Temporal.Instant.from('2026-11-30T19:30:00Z'),
  practitionerName: 'Dr. Kim Okafor',
  place: {
    name: 'Lakeside North',
    lines: ['12 Elm Street, Suite 4', 'Boston, MA 02118'],
    phone: '+16175550177',
    latitude: 42.34,
    longitude: -71.07,
  },
  video: false,
  directions: 'Park behind the red house.',
  bring: ['Your insurance card', 'A list of your medicines'],
  prepare: ['Do not eat for 8 hours'],
  manageUrl: 'https://care.example.org/v#7Hq2xYzk39',
  cancelCutoffHours: 24,
}
const code: CodeFacts = {
  language: 'en',
  kind: 'code',
  clinicName: 'Lakeside Clinic',
  clinicPhone: '+16175550100',
  code: '482913',
  minutes: 10,
}
const when = {
  en: { long: 'Wednesday, December 2, 2026, 10:00 AM EST', short: 'Wed, Dec 2, 10:00 AM EST', before: '2:30 PM EST' },
  es: {
    long: 'miércoles, 2 de diciembre de 2026, 10:00 a.m. EST',
    short: 'mié, 2 de dic, 10:00 a.m. EST',
    before: '2:30 p.m. EST',
  },
}
const told = (text: string, wanted: string[]) => {
  for (const part of wanted) assert.ok(text.includes(part), `says ${part}`)
}
const kept = (text: string, unwanted: string[]) => {
  for (const part of unwanted) assert.ok(!text.toLowerCase().includes(part.toLowerCase()), `does not say ${part}`)
}
/** What a reader sees of a page. */
const seen = (page: string) =>
  page
    .replace(/<style>[^]*?<\/style>|<title>[^]*?<\/title>|<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replace(/\s+/g, ' ')

for (const { language, kind } of cases) {
  test(`the ${kind} letter in ${language} says when, where, with whom, how to change it and whom to call`, () => {
    const { subject, text, html } = visitLetter({ ...facts, language, kind })
    const promised = [
      when[language].long,
      'Dr. Kim Okafor',
      'Lakeside North',
      '12 Elm Street, Suite 4',
      'Boston, MA 02118',
      'Ada',
      '(617) 555-0177',
      words[language].lead[kind],
      ...(kind === 'moved' ? [when[language].before] : []),
    ]
    told(text, [...promised, facts.manageUrl])
    told(seen(html), promised)
    told(html, [`href="${facts.manageUrl}"`, `<html lang="${language}">`, 'href="tel:+16175550177"'])
    told(subject, ['Lakeside Clinic', when[language].short])
    const preparation = ['insurance card', 'Do not eat', 'red house', '24 h']
    for (const body of [text, seen(html)])
      if (kind === 'cancelled') kept(body, preparation)
      else told(body, preparation)
  })

  test(`the ${kind} text in ${language} fits two segments and says clinic, time, place, link and phone`, () => {
    const { body } = visitText({ ...facts, language, kind })
    assert.ok(segmentsOf(body) <= 2, `${segmentsOf(body)} segments: ${body}`)
    assert.ok(body.startsWith('Lakeside Clinic: '))
    told(body.normalize('NFD').replace(/\p{M}/gu, ''), [
      when[language].short.normalize('NFD').replace(/\p{M}/gu, ''),
      facts.manageUrl,
      '(617) 555-0177',
    ])
    if (kind !== 'cancelled') told(body, ['Lakeside North, 12 Elm Street'])
  })

  test(`the ${kind} messages in ${language} tell nothing about health outside the letter's own body`, () => {
    const all = { ...facts, ...secret, language, kind }
    const { subject, text, html } = visitLetter(all)
    const { body } = visitText(all)
    const { content } = calendarOf(calendarFacts(all))
    for (const message of [subject, text, html, body, content]) kept(message, Object.values(secret))
    for (const open of [subject, body, content]) kept(open, ['eat', 'medicines', 'Okafor'])
    assert.doesNotMatch(subject, /\bAda\b/)
  })
}

for (const language of languages) {
  test(`a visit with an interpreter or in a group says so in ${language}, and how the interpreter is there`, () => {
    const phone = { language: 'vi', modality: 'phone' } as const
    const visit: VisitFacts = { ...facts, language, group: true, interpreter: phone }
    const vietnamese = language === 'en' ? 'Vietnamese' : 'vietnamita'
    const { groupVisit, interpreted, text } = words[language]
    told(visitLetter(visit).text, [groupVisit, interpreted.phone(vietnamese)])
    told(visitText(visit).body, [text.groupVisit, text.interpreted.phone])
    assert.ok(segmentsOf(visitText(visit).body) <= 2)
    kept(visitLetter({ ...visit, kind: 'cancelled' }).text, [groupVisit, vietnamese])
    kept(visitLetter({ ...facts, language }).text + visitText({ ...facts, language }).body, [
      'group',
      'grupo',
      'interp',
    ])
  })

  test(`the code in ${language} is in the message and not in the subject`, () => {
    const { subject, text, html } = codeLetter({ ...code, language })
    const { body } = codeText({ ...code, language })
    for (const message of [text, seen(html), body])
      told(message, ['482913', '10 minut', 'Lakeside Clinic', '(617) 555-0100'])
    kept(subject, ['482913'])
    assert.ok(segmentsOf(body) <= 2)
  })

  test(`a video visit in ${language} says both times when the reader is elsewhere, and one when not`, () => {
    const video: VisitFacts = { ...facts, language, video: true, viewerZone: 'America/Los_Angeles' }
    for (const message of [visitLetter(video).text, visitText(video).body]) {
      told(message, ['10:00', 'EST', '7:00', 'PST'])
      kept(message, ['12 Elm Street', 'red house'])
    }
    kept(visitLetter({ ...video, viewerZone: 'America/Toronto' }).text, [words[language].yourTime('').trim()])
    kept(visitLetter({ ...video, video: false }).text, ['PST'])
    told(visitLetter({ ...video, viewerZone: 'Asia/Tokyo' }).text, [
      language === 'en' ? 'December 3' : '3 de diciembre',
      'GMT+9',
    ])
  })

  test(`the place's clock is said with its own label on both sides of a change, in ${language}`, () => {
    for (const [at, label] of [
      ['2026-11-01T05:30:00Z', '1:30 # EDT'],
      ['2026-11-01T06:30:00Z', '1:30 # EST'],
    ] as const) {
      const { text } = visitLetter({ ...facts, language, when: Temporal.Instant.from(at) })
      told(text, [label.replace('#', language === 'en' ? 'AM' : 'a.m.')])
    }
  })
}

test('letter, text and calendar of one visit say the same time', () => {
  const { subject } = visitLetter(facts)
  const { body } = visitText(facts)
  const { content } = calendarOf(calendarFacts(facts))
  told(subject, [when.en.short])
  told(body, [when.en.short])
  for (const language of languages)
    assert.doesNotMatch(
      visitLetter({ ...facts, language }).text,
      /[\u00A0\u2009\u202F]/,
      'ordinary spaces, as everywhere else',
    )
  told(content, ['DTSTART;TZID=America/New_York:20261202T100000'])
})

test('how late a visit can be changed is said in hours, minutes or not at all', () => {
  const cutoff = (cancelCutoffHours: number) => visitLetter({ ...facts, cancelCutoffHours }).text
  told(cutoff(1), ['up to 1 hour before'])
  told(cutoff(0.5), ['up to 30 minutes before'])
  told(cutoff(0), ['until the visit starts'])
})

test('without a phone of its own, a place gives the phone of the clinic', () => {
  const there = { ...facts, place: { ...facts.place, phone: null } }
  told(visitLetter(there).text + visitText(there).body, ['(617) 555-0100'])
})

test('our English needs a reading grade of six or less', () => {
  for (const kind of kinds)
    assert.ok(gradeOf(ours('en', kind)) <= 6, `${kind}: ${gradeOf(ours('en', kind)).toFixed(1)}`)
})

test('our Spanish keeps its sentences short', () => {
  for (const kind of kinds) {
    const sentences = ours('es', kind)
      .split(/[.?!:]+\s/)
      .filter(Boolean)
    for (const sentence of sentences) assert.ok(sentence.split(/\s+/).length <= 20, sentence)
  }
})

/** Our own sentences, without the clinic's. */
function ours(language: 'en' | 'es', kind: (typeof kinds)[number]): string {
  const say = words[language]
  return [
    say.lead[kind],
    say.cutoff(24),
    say.notYou,
    say.keepPrivate,
    say.video,
    say.code.lead,
    say.code.minutes(10),
    say.code.neverAsked,
    say.calendar.decliningIsNotCancelling,
  ].join(' ')
}

/** Flesch-Kincaid, with syllables counted as groups of vowels. */
function gradeOf(text: string): number {
  const sentences = text.split(/[.?!:]+(?:\s|$)/).filter(Boolean).length
  const all = text.match(/[A-Za-z']+/g) ?? []
  const syllables = all.reduce(
    (sum, word) =>
      sum +
      Math.max(
        1,
        word
          .toLowerCase()
          .replace(/e$/, '')
          .match(/[aeiouy]+/g)?.length ?? 1,
      ),
    0,
  )
  return 0.39 * (all.length / sentences) + 11.8 * (syllables / all.length) - 15.59
}

function calendarFacts(visit: VisitFacts) {
  return {
    ...visit,
    method: visit.kind === 'cancelled' ? ('CANCEL' as const) : ('REQUEST' as const),
    appointmentId: '0193a000-0000-7000-8000-000000000001',
    version: 1,
    madeAt: Temporal.Instant.from('2026-11-23T12:00:00Z'),
    startsAt: visit.when,
    endsAt: visit.when.add({ minutes: 30 }),
    organizer: 'no-reply@care.example.org',
    attendee: { name: visit.patientFirstName, email: 'ada@example.org' },
  }
}
