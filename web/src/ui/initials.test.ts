/** Initials can be read by people with low vision, and a clinician looks the same on every page. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { faceOf, faces } from './initials.ts'

const light = (hex: string) => {
  const [red = 0, green = 0, blue = 0] = (hex.match(/\w\w/g) ?? [])
    .map((part) => parseInt(part, 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

test('every pair of colours reaches 4.5 to 1', () => {
  for (const { ink, ground } of faces) {
    const ratio = (light(ground) + 0.05) / (light(ink) + 0.05)
    assert.ok(ratio >= 4.5, `${ink} on ${ground}: ${ratio.toFixed(1)}`)
  }
})

test('the same person has the same colours', () => {
  const id = '01931f6e-8a3c-7c1d-9b9e-3f1d2a4b5c6d'
  assert.equal(faceOf(id), faceOf(id))
})

test('a hundred people share all colours', () => {
  const seen = new Set(Array.from({ length: 100 }, (_, n) => faceOf(`person-${n}`)))
  assert.equal(seen.size, faces.length)
})
