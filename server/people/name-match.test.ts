import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { normalName } from './identity/names.ts'
import type { Identity } from './identity/score.ts'
import { compare, decide } from './name-match.ts'

const person = (givenName: string, familyName: string, bornOn = '1980-05-17', email = 'ada@example.org'): Identity => ({
  givenName,
  familyName,
  bornOn: Temporal.PlainDate.from(bornOn),
  contacts: [{ kind: 'email', value: email }],
})
const ada = person('Ada', 'Byron')

const cases: [string, Identity, string][] = [
  ['the same in every way', person('Ada', 'Byron'), 'sure'],
  ['accents, case and apostrophes aside', person('ÁDA', 'Byron'), 'sure'],
  ['another email', person('Ada', 'Byron', '1980-05-17', 'other@example.org'), 'doubtful'],
  ['a slip of the pen', person('Ada', 'Bryon', '1980-05-17', 'other@example.org'), 'doubtful'],
  ['first and last name swapped', person('Byron', 'Ada', '1980-05-17', 'other@example.org'), 'doubtful'],
  ['married since: one surname of two', person('Ada', 'Byron Lovelace', '1980-05-17', 'other@example.org'), 'doubtful'],
  ['a twin', person('Bea', 'Byron'), 'doubtful'],
  ['the same name and email, another birth date', person('Ada', 'Byron', '2010-05-17'), 'doubtful'],
  ['a relative who shares the email', person('George', 'Gordon', '1950-01-22'), 'different'],
  [
    'the same name, one digit of the birth date wrong',
    person('Ada', 'Byron', '1980-05-18', 'other@example.org'),
    'doubtful',
  ],
  ['the same name, born on another day', person('Ada', 'Byron', '1962-11-03', 'other@example.org'), 'different'],
  ['somebody else born that day', person('Zoe', 'Quill', '1980-05-17', 'other@example.org'), 'different'],
]
for (const [what, other, likeness] of cases)
  test(`a guest and a patient: ${what} is ${likeness}`, () => {
    assert.equal(compare(ada, other), likeness)
    assert.equal(compare(other, ada), likeness)
  })

test('sure needs every part: without any one of them it is not', () => {
  const name = fc.stringMatching(/^[A-Za-zÁÉÑü' -]{1,12}$/)
  fc.assert(
    fc.property(
      name,
      name,
      fc.date({ min: new Date('1900-01-01'), max: new Date('2026-01-01'), noInvalidDate: true }),
      (given, family, born) => {
        const one = person(given, family, born.toISOString().slice(0, 10))
        assert.equal(compare(one, { ...one }), 'sure')
        assert.notEqual(compare(one, { ...one, contacts: [] }), 'sure')
        assert.notEqual(compare(one, { ...one, bornOn: null }), 'sure')
        assert.notEqual(compare(one, { ...one, familyName: `${family}x` }), 'sure')
      },
    ),
  )
})

test('two who would both be sure are both doubtful', () => {
  assert.deepEqual(decide(ada, [{ ...ada, id: '1' }]), { match: '1', doubtful: [] })
  assert.deepEqual(
    decide(ada, [
      { ...ada, id: '1' },
      { ...ada, id: '2' },
    ]),
    { doubtful: ['1', '2'] },
  )
})

test('a name is folded the same however it is typed', () => {
  for (const typed of ['Núñez', 'NUÑEZ', ' nunez ', 'Nu\u0301n\u0303ez']) assert.equal(normalName(typed), 'nunez')
  assert.equal(normalName("O'Brien-Smith"), 'obrien smith')
})
