/** What a calendar program reads from our file is the visit: same instant, same place, the newest version. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import ICAL from 'ical.js'
import { calendarOf, type CalendarFacts } from './calendar.ts'
import { timezoneBlock } from './timezone.ts'

const facts: CalendarFacts = {
  method: 'REQUEST',
  appointmentId: '0193a000-0000-7000-8000-000000000001',
  version: 1,
  madeAt: Temporal.Instant.from('2026-11-23T12:00:00Z'),
  startsAt: Temporal.Instant.from('2026-12-02T15:00:00Z'),
  endsAt: Temporal.Instant.from('2026-12-02T15:30:00Z'),
  zone: 'America/New_York',
  language: 'en',
  clinicName: 'Lakeside Clinic',
  clinicPhone: '+16175550100',
  organizer: 'no-reply@care.example.org',
  attendee: { name: 'Ada', email: 'ada@example.org' },
  place: {
    name: 'Lakeside North',
    lines: ['12 Elm Street, Suite 4', 'Boston, MA 02118'],
    phone: null,
    latitude: 42.34,
    longitude: -71.07,
  },
  video: false,
  manageUrl: 'https://care.example.org/v#7Hq2xYzk39',
}
const zones = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Phoenix',
  'America/Los_Angeles',
  'America/Anchorage',
  'America/Adak',
  'Pacific/Honolulu',
  'America/Puerto_Rico',
  'America/St_Johns',
  'America/Halifax',
  'America/Havana',
  'America/Mexico_City',
  'America/Sao_Paulo',
  'America/Santiago',
  'America/Asuncion',
  'Europe/London',
  'Europe/Dublin',
  'Europe/Madrid',
  'Africa/Casablanca',
  'Africa/Cairo',
  'Asia/Jerusalem',
  'Asia/Gaza',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Tokyo',
  'Australia/Lord_Howe',
  'Australia/Sydney',
  'Pacific/Auckland',
  'Pacific/Chatham',
  'Asia/Almaty',
  'UTC',
]

function read(content: string) {
  const calendar = new ICAL.Component(ICAL.parse(content))
  const event = calendar.getFirstSubcomponent('vevent')
  assert.ok(event)
  const block = calendar.getFirstSubcomponent('vtimezone')
  const zone = block ? new ICAL.Timezone(block) : ICAL.Timezone.utcTimezone
  const instant = (name: string) => {
    const time = event.getFirstPropertyValue(name) as ICAL.Time
    const offset = time.zone === ICAL.Timezone.utcTimezone ? 0 : zone.utcOffset(time)
    return Temporal.PlainDateTime.from(time.toString().replace('Z', ''))
      .toZonedDateTime('UTC')
      .toInstant()
      .subtract({ seconds: offset })
  }
  const value = (name: string) => event.getFirstPropertyValue(name)
  return { calendar, event, block, instant, value }
}

test('every zone and both sides of every change are read back as the same instant', () => {
  let transitions = 0
  for (const zone of zones) {
    let at = Temporal.PlainDate.from('2024-01-01').toZonedDateTime(zone).getTimeZoneTransition('next')
    for (; at && at.year <= 2035; at = at.getTimeZoneTransition('next')) {
      transitions += 1
      for (const minutes of [-24 * 60, -30, -1, 0, 59, 24 * 60]) same(zone, at.toInstant().add({ minutes }))
    }
    same(zone, facts.startsAt)
  }
  assert.ok(transitions > 400, `looked at ${transitions} changes`)
})

test('any time of the next years in any zone is read back as the same instant', () => {
  const first = Temporal.Instant.from('2024-01-01T00:00:00Z')
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 12 * 366 * 24 * 12 }), (zone, fives) => {
      same(zone, first.add({ minutes: 5 * fives }))
    }),
    { numRuns: 300 },
  )
})

function same(zone: string, startsAt: Temporal.Instant) {
  const endsAt = startsAt.add({ minutes: 20 })
  const { instant } = read(calendarOf({ ...facts, zone, startsAt, endsAt }).content)
  assert.equal(instant('dtstart').toString(), startsAt.toString(), zone)
  assert.equal(instant('dtend').toString(), endsAt.toString(), zone)
}

test('the wall clock of the place stands in the file, except in the hour that happens twice', () => {
  const at = (text: string) => {
    const startsAt = Temporal.Instant.from(text)
    return calendarOf({ ...facts, startsAt, endsAt: startsAt.add({ minutes: 20 }) }).content
  }
  assert.match(at('2026-12-02T15:00:00Z'), /DTSTART;TZID=America\/New_York:20261202T100000\r\n/)
  assert.match(at('2026-11-01T04:10:00Z'), /DTSTART;TZID=America\/New_York:20261101T001000\r\n/)
  assert.match(at('2026-11-01T05:30:00Z'), /DTSTART:20261101T053000Z\r\n/)
  assert.match(at('2026-11-01T06:30:00Z'), /DTSTART:20261101T063000Z\r\n/)
  assert.doesNotMatch(at('2026-11-01T06:30:00Z'), /VTIMEZONE/)
})

test('zones with a yearly rule give it; others give each change; zones without changes give one offset', () => {
  const at = facts.startsAt
  assert.match(timezoneBlock('America/New_York', at), /BYMONTH=3;BYDAY=2SU[^]*BYMONTH=11;BYDAY=1SU/)
  assert.match(timezoneBlock('Europe/Madrid', at), /BYMONTH=3;BYDAY=-1SU[^]*BYMONTH=10;BYDAY=-1SU/)
  assert.doesNotMatch(timezoneBlock('Africa/Casablanca', at), /RRULE/)
  assert.equal(timezoneBlock('America/Phoenix', at).match(/BEGIN:(STANDARD|DAYLIGHT)/g)?.length, 1)
  assert.match(timezoneBlock('America/New_York', at), /TZOFFSETFROM:-0500\r\nTZOFFSETTO:-0400\r\nTZNAME:EDT/)
})

test('booking, moving and cancelling are one event with a rising sequence', () => {
  const booked = calendarOf(facts)
  const moved = calendarOf({
    ...facts,
    version: 2,
    startsAt: facts.startsAt.add({ hours: 24 }),
    endsAt: facts.endsAt.add({ hours: 24 }),
  })
  const cancelled = calendarOf({ ...facts, method: 'CANCEL', version: 3 })
  const all = [booked, moved, cancelled].map(({ content }) => read(content))
  assert.deepEqual(
    all.map(({ value }) => value('uid')),
    Array(3).fill(facts.appointmentId),
  )
  assert.deepEqual(
    all.map(({ value }) => value('sequence')),
    [1, 2, 3],
  )
  assert.deepEqual(
    all.map(({ value }) => value('organizer')),
    Array(3).fill('mailto:no-reply@care.example.org'),
  )
  assert.deepEqual(
    all.map(({ value }) => value('attendee')),
    Array(3).fill('MAILTO:ada@example.org'),
  )
  assert.deepEqual(
    all.map(({ value }) => value('status')),
    ['CONFIRMED', 'CONFIRMED', 'CANCELLED'],
  )
  assert.deepEqual(
    all.map(({ calendar }) => calendar.getFirstPropertyValue('method')),
    ['REQUEST', 'REQUEST', 'CANCEL'],
  )
  assert.equal(read(booked.content).instant('dtstamp').toString(), facts.madeAt.toString())
  assert.deepEqual([booked.fileName, cancelled.fileName], ['visit.ics', 'cancel.ics'])
})

test('the event says where and how to change it, in neutral words', () => {
  const { value, event } = read(calendarOf(facts).content)
  assert.equal(value('summary'), 'Visit at Lakeside Clinic')
  assert.equal(value('location'), 'Lakeside North, 12 Elm Street, Suite 4, Boston, MA 02118')
  assert.deepEqual(value('geo'), [42.34, -71.07])
  assert.equal(value('url'), facts.manageUrl)
  assert.equal(value('class'), 'PRIVATE')
  assert.ok(String(value('description')).includes(facts.manageUrl))
  assert.ok(String(value('description')).includes('(617) 555-0100'))
  assert.ok(String(value('description')).includes('still booked'))
  assert.equal(event.getFirstProperty('attendee')?.getFirstParameter('rsvp'), 'FALSE')
})

test('a video visit has no map, and a download names no patient', () => {
  const video = read(calendarOf({ ...facts, video: true, language: 'es' }).content)
  assert.equal(video.value('location'), 'Cita por video')
  assert.equal(video.value('geo'), null)
  assert.equal(video.value('summary'), 'Cita en Lakeside Clinic')
  const download = read(calendarOf({ ...facts, method: 'PUBLISH' }).content)
  assert.equal(download.value('attendee'), null)
  assert.equal(download.calendar.getFirstPropertyValue('method'), 'PUBLISH')
})

test('names of any script and with any sign are read back whole, on lines of at most 75 octets', () => {
  const odd = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 120 }),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom(
      'a;b,c\\d\\n',
      'Ñandú 診療所 '.repeat(9),
      'x\r\nATTENDEE:mailto:evil@example.org',
      '😀'.repeat(40),
      '"^\'',
      'END:VEVENT',
    ),
  )
  const tidy = (text: string) =>
    text
      .toWellFormed()
      .replace(/[\p{Cc}\p{Zl}\p{Zp}\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]+/gu, ' ')
      .replace(/\s+/gu, ' ')
      .trim()
  fc.assert(
    fc.property(odd, (text) => {
      const place = { ...facts.place, name: `P${text}`, lines: [] }
      const { content } = calendarOf({
        ...facts,
        clinicName: `C${text}`,
        place,
        attendee: { name: text, email: 'ada@example.org' },
      })
      assert.ok(content.endsWith('END:VCALENDAR\r\n'))
      assert.doesNotMatch(content.replaceAll('\r\n', ''), /[\r\n]/)
      for (const line of content.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line)
      const { event, value } = read(content)
      assert.equal(value('summary'), `Visit at ${tidy(`C${text}`)}`)
      assert.equal(value('location'), tidy(`P${text}`))
      assert.equal(event.getAllProperties('attendee').length, 1)
    }),
    { numRuns: 300 },
  )
})
