/** The calendar file says the same instant as the page, in a form that every calendar reads. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { calendarFile } from './calendar-file.ts'

const visit = {
  id: '0198a0aa-0000-7000-8000-000000000001',
  version: 2,
  startsAt: '2026-11-24T14:30:00Z',
  endsAt: '2026-11-24T15:00:00Z',
  title: 'Visit at Harbor Health',
  where: 'Harbor Square Clinic, 12 Harbor Square; Boston',
  notes: 'Call us\nto change it',
  madeAt: '2026-11-23T10:00:00.123Z',
}

test('a visit is at its instant, whatever zone the calendar is in', () => {
  const file = calendarFile(visit)
  assert.match(file, /\r\nDTSTART:20261124T143000Z\r\nDTEND:20261124T150000Z\r\n/)
  assert.match(file, /\r\nUID:0198a0aa-0000-7000-8000-000000000001\r\nSEQUENCE:2\r\nDTSTAMP:20261123T100000Z\r\n/)
})

test('commas, semicolons and line breaks of an address do not end a field', () => {
  const file = calendarFile(visit)
  assert.match(file, /LOCATION:Harbor Square Clinic\\, 12 Harbor Square\\; Boston/)
  assert.match(file, /DESCRIPTION:Call us\\nto change it/)
})

test('long lines in any script are folded at 75 octets without cutting a letter', () => {
  const title = 'Cita en la clínica de los niños ñandú '.repeat(6).trim()
  const file = calendarFile({ ...visit, title })
  for (const line of file.split('\r\n')) assert.ok(new TextEncoder().encode(line).length <= 75, line)
  assert.ok(file.replaceAll('\r\n ', '').includes(`SUMMARY:${title}`))
})
