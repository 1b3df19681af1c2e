import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { scopeWords } from './scope-words.ts'
import { allows, everyScope, isWithin, readScope } from './scopes.ts'

test('scopes are read as SMART 2 writes them, and as SMART 1 did', () => {
  const letters = (text: string) => [...(readScope(text)?.operations ?? [])].join('')
  assert.equal(letters('patient/Patient.rs'), 'rs')
  assert.equal(letters('user/*.cruds'), 'cruds')
  assert.equal(letters('patient/*.read'), 'rs')
  assert.equal(letters('system/Appointment.write'), 'cud')
  assert.equal(letters('system/Appointment.*'), 'cruds')
})

test('what is not quite a scope allows nothing', () => {
  const wrong = [
    'patient/Patient.sr',
    'patient/Patient.rr',
    'patient/Patient.',
    'patient/Patient.x',
    'patient/Observation.rs',
    'patient/patient.rs',
    'Patient/Patient.rs',
    'patient/Appointment.rs?status=booked',
    'patient/*.rs ',
    'patient/__proto__.rs',
    'launch/Patient.rs',
    '*/*.cruds',
    '*',
    '',
  ]
  for (const text of wrong) {
    assert.equal(readScope(text), undefined, text)
    assert.equal(allows([text], 'patient', 'Patient', 'r'), false, text)
    assert.equal(isWithin(['patient/*.cruds', 'user/*.cruds'], text), false, text)
  }
})

test('no scope allows more than one that it is within', () => {
  const scope = fc.constantFrom(...everyScope())
  fc.assert(
    fc.property(fc.array(scope, { maxLength: 3 }), scope, (allowed, asked) => {
      const read = readScope(asked)
      if (!read || !isWithin(allowed, asked)) return
      const types = read.type === '*' ? ['Patient', 'Slot'] : [read.type]
      for (const type of types)
        for (const one of read.operations)
          assert.ok(allows(allowed, read.context, type, one), `${asked} in ${allowed.join()}`)
    }),
    { numRuns: 2000 },
  )
})

test('every scope that a person can be asked for has words in both languages, and says when it changes things', () => {
  for (const scope of everyScope()) {
    for (const asked of ['patient', 'staff'] as const) {
      const words = scopeWords(scope, asked)
      assert.ok(words && words.en !== words.es && words.es !== '', scope)
      if (/^(patient|user)\/(Patient|Appointment|\*)\.(c|u|d|write|\*)/.test(scope))
        assert.match(words.en, /change/, scope)
    }
  }
  assert.equal(scopeWords('patient/Nothing.rs', 'patient'), undefined)
})
