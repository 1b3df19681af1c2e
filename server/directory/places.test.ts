import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { distanceMeters, placeOf, placeOfCity, zoneOfPlace } from './places.ts'

test('a postcode is found, with or without its last four digits', () => {
  for (const typed of ['02139', ' 02139 ', '02139-4307', '021394307']) assert.equal(placeOf(typed)?.city, 'Cambridge')
  for (const typed of ['', '0213', '00000', 'abcde', '02139-43']) assert.equal(placeOf(typed), undefined)
})

test('a town is found by its name and state, however it is written', () => {
  for (const typed of ['Boston, MA', 'boston ma', ' BOSTON,  Ma ']) assert.equal(placeOfCity(typed)?.state, 'MA')
  for (const typed of ['Boston', 'Nowhere, ZZ', ', MA', `${'a'.repeat(100_000)} MA`])
    assert.equal(placeOfCity(typed), undefined)
})

test('Boston and New York are 306 km apart, and distances obey the triangle', () => {
  const [boston, newYork] = [placeOf('02108')!, placeOf('10007')!]
  assert.ok(Math.abs(distanceMeters(boston, newYork) - 306_000) < 3000)
  const point = fc.record({
    latitude: fc.double({ min: -90, max: 90, noNaN: true }),
    longitude: fc.double({ min: -180, max: 180, noNaN: true }),
  })
  fc.assert(
    fc.property(
      point,
      point,
      point,
      (a, b, c) => distanceMeters(a, c) <= distanceMeters(a, b) + distanceMeters(b, c) + 1e-3,
    ),
  )
  fc.assert(fc.property(point, point, (a, b) => Math.abs(distanceMeters(a, b) - distanceMeters(b, a)) < 1e-3))
})

test('an address tells its time zone, also where a state has two', () => {
  const zone = (state: string, postcode: string | null = null) => zoneOfPlace({ state, postcode })
  assert.equal(zone('MA'), 'America/New_York')
  assert.equal(zone('TX', '79901'), 'America/Denver')
  assert.equal(zone('FL', '32501'), 'America/Chicago')
  assert.equal(zone('az'), 'America/Phoenix')
  assert.equal(zone('Massachusetts', '02139'), 'America/New_York')
  assert.equal(zone('XX'), undefined)
})
