import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { bornAlike, nearBirthDates } from './birth-date.ts'
import { isNear, isNickname } from './names.ts'
import { score, type Identity } from './score.ts'
import { levels, weightOf } from './weights.ts'

const born = (text: string) => Temporal.PlainDate.from(text)
const ada: Identity = {
  givenName: 'Elizabeth',
  familyName: 'Byron',
  bornOn: born('1980-05-07'),
  gender: 'female',
  postcode: '01101',
  contacts: [
    { kind: 'phone', value: '+14135550101' },
    { kind: 'email', value: 'ada@example.org' },
  ],
}

const identities = fc.record({
  givenName: fc.constantFrom('Ada', 'Elizabeth', 'Liz', 'Byron', 'Bea', 'Élise', ''),
  familyName: fc.constantFrom('Byron', 'Bryon', 'Byron Lovelace', 'Ada', 'Quill', 'Vasquez', 'Basques'),
  bornOn: fc.option(fc.constantFrom('1980-05-07', '1980-07-05', '1980-05-17', '1949-01-30').map(born)),
  gender: fc.constantFrom('male' as const, 'female' as const, 'unknown' as const, null),
  postcode: fc.option(fc.constantFrom('01101', '01102')),
  contacts: fc.uniqueArray(
    fc.record({ kind: fc.constantFrom('phone' as const, 'email' as const), value: fc.constantFrom('1', '2') }),
    { maxLength: 4, selector: ({ kind, value }) => kind + value },
  ),
})

test('two records score the same from either side, whatever the order of their contacts', () => {
  fc.assert(
    fc.property(identities, identities, (one, other) => {
      assert.deepEqual(score(one, other), score(other, one))
      assert.deepEqual(score(one, { ...other, contacts: other.contacts.toReversed() }), score(one, other))
    }),
  )
})

test('a field that is made to agree never lowers the score', () => {
  fc.assert(
    fc.property(
      identities,
      identities,
      fc.constantFrom('bornOn', 'gender', 'postcode', 'contacts'),
      (one, other, field) => {
        if (field === 'contacts' ? one.contacts.length === 0 : !one[field]) return
        assert.ok(score(one, { ...other, [field]: one[field] }).total >= score(one, other).total)
      },
    ),
  )
  fc.assert(
    fc.property(identities, identities, (one, other) => {
      const { givenName, familyName } = one
      assert.ok(score(one, { ...other, givenName, familyName }).total >= score(one, other).total)
    }),
  )
})

test('the total is what its contributions add up to, and a field that one lacks says nothing', () => {
  fc.assert(
    fc.property(identities, identities, (one, other) => {
      const { total, contributions } = score(one, other)
      const sum = contributions.reduce((all, { points }) => all + points, 0)
      assert.ok(Math.abs(sum - total) < 0.01)
      const fields = contributions.map(({ field }) => field)
      assert.equal(fields.includes('birthDate'), one.bornOn !== null && other.bornOn !== null)
    }),
  )
})

test('the levels of each field cover every pair once', () => {
  for (const [field, table] of Object.entries(levels)) {
    const rows = Object.values(table) as { m: number; u: number; from: string }[]
    const all = (of: 'm' | 'u') => rows.reduce((sum, row) => sum + row[of], 0)
    assert.ok(Math.abs(all('m') - 1) < 0.001, `${field}: m adds up to ${all('m')}`)
    assert.ok(Math.abs(all('u') - 1) < 0.001, `${field}: u adds up to ${all('u')}`)
    const weights = rows.map(weightOf)
    assert.equal(weights[0], Math.max(...weights), field)
    assert.equal(weights.at(-1), Math.min(...weights), field)
  }
})

test('one person’s two records are likely the same; twins of one home are for a person to look at', () => {
  assert.equal(score(ada, ada).verdict, 'same')
  assert.equal(score(ada, { ...ada, givenName: 'Liz' }).verdict, 'same')
  assert.equal(score(ada, { ...ada, givenName: 'Beatrix' }).verdict, 'look')
  assert.equal(score(ada, { ...ada, bornOn: born('1980-07-05'), contacts: [] }).verdict, 'look')
  assert.equal(score(ada, { ...ada, givenName: 'George', bornOn: born('1950-01-22') }).verdict, 'different')
})

test('names are near by a nickname, a slip, a word or a sound', () => {
  assert.ok(isNickname('Liz', 'Elizabeth') && isNickname('Pepe', 'José') && isNickname('Ted', 'Edward'))
  assert.ok(!isNickname('Liz', 'Robert') && !isNickname('Edward', 'Theodore'))
  assert.ok(isNear('Vázquez', 'Basques') && isNear('Byron', 'Bryon') && isNear('García', 'García López'))
  assert.ok(!isNear('Byron', 'Quill') && !isNear('de la Cruz', 'de la Vega'))
})

test('a near birth date is one that differs by a swap or by one digit, and every such date is looked for', () => {
  const meant = born('1980-05-07')
  const near = nearBirthDates(meant)
  assert.deepEqual(new Set(near.map((one) => bornAlike(meant, one))), new Set(['swapped', 'slip']))
  for (const other of ['1980-07-05', '1980-05-17', '1988-05-07', '1980-06-07'])
    assert.ok(
      near.some((one) => one.equals(born(other))),
      other,
    )
  assert.ok(near.length < 45)
  assert.equal(bornAlike(meant, born('1980-05-18')), 'different')
})
