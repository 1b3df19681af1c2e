import assert from 'node:assert/strict'
import { test } from 'node:test'
import { logFile } from './log-file.ts'

const deed = {
  day: '2026-12-01',
  lastAt: '2026-12-01T14:00:00Z',
  who: { id: 'person:1', name: 'Rui "R" Costa', role: 'front_desk' },
  patientId: null,
  patient: null,
  action: 'read',
  what: 'Patient',
  purpose: 'TREAT',
  outcome: 'done',
  times: 2,
}

test('a line of the log is a line of the file, with quotes doubled', () => {
  const [head, line] = logFile([deed]).split('\r\n')
  assert.match(head ?? '', /^"day","last","who"/)
  assert.equal(
    line,
    '"2026-12-01","2026-12-01T14:00:00Z","Rui ""R"" Costa","front_desk","","","read","Patient","TREAT","done","2"',
  )
})

test('a name that a spreadsheet would work out as a formula stays a name', () => {
  const patient = { id: '1', name: '=HYPERLINK("x")', bornOn: null }
  assert.match(logFile([{ ...deed, patient }]), /"'=HYPERLINK\(""x""\)"/)
})
