import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { meanings, phrases } from './table.ts'
import { commonReasonsIn, specialtyName, suggestions, understand } from './index.ts'

const first = (text: string) => understand(text).specialties[0]

test('people find the right specialty in their own words, in both languages', () => {
  for (const [said = '', code] of [
    ['heart doctor', '207RC0000X'],
    ['cardiólogo', '207RC0000X'],
    ['CARDIOLOGO', '207RC0000X'],
    ['cardiologists', '207RC0000X'],
    ['cardoilogist', '207RC0000X'],
    ['kid checkup', '208000000X'],
    ['control de niño sano', '208000000X'],
    ['my ears hurt', '208000000X'],
    ['rash on my arm', '207N00000X'],
    ['sarpullido', '207N00000X'],
    ['dolor de espalda', '207Q00000X'],
    ['flu shot', '207Q00000X'],
    ['pap smear', '207V00000X'],
    ['estoy embarazada', '207V00000X'],
    ['anxiety', '103T00000X'],
    ['my kid has head lice', '208000000X'],
    ['se me cae el pelo', '207N00000X'],
    ['carpal tunnel', '207X00000X'],
    ['moja la cama', '208000000X'],
    ['astma', '207K00000X'],
    ['diabtes', '207RE0101X'],
    ['hemorroids', '207Q00000X'],
    ['migrania', '207Q00000X'],
    ['examen de la vista', '152W00000X'],
  ])
    assert.equal(first(said), code, said)
})

test('a reason says which visit, and whom it is about', () => {
  assert.deepEqual(understand('kid checkup').visitTypes, ['well-child'])
  assert.equal(understand('kid checkup').age, 6)
  assert.equal(understand('vacuna contra la gripe').visitTypes[0], 'vaccination')
})

test('a name is taken as a name', () => {
  assert.deepEqual(understand('Dr Nguyen').name, ['nguyen'])
  assert.deepEqual(understand('Dra. María Luisa Razo').name, ['maria', 'luisa', 'razo'])
  assert.equal(understand('heart doctor').name, undefined)
  assert.deepEqual(understand('Brian').name, ['brian'], 'no slip of brain')
  assert.deepEqual(understand('cardiologist Osei').name, ['osei'])
})

test('words of an emergency are never missed, in either language', () => {
  for (const said of [
    'I have chest pain',
    'me duele el pecho',
    "can't breathe",
    'no puedo respirar',
    'stroke?',
    'dolor en el pecho desde ayer',
  ])
    assert.equal(understand(said).emergency, true, said)
  for (const said of ['I want to die', 'quiero morirme', 'suicidal thoughts'])
    assert.equal(understand(said).crisis, true, said)
  for (const said of ['flu shot', 'kid checkup', 'dolor de espalda'])
    assert.deepEqual([understand(said).emergency, understand(said).crisis], [undefined, undefined], said)
})

test('what is understood is told in the page’s language', () => {
  assert.deepEqual(understand('heart doctor', 'es').because, [{ phrase: 'heart doctor', meaning: 'Cardiología' }])
})

test('typing brings up reasons and specialties', () => {
  assert.ok(suggestions('card', 'en').some(({ text }) => text === 'Heart care'))
  assert.ok(suggestions('vacu', 'es').some(({ text }) => text === 'Vacuna'))
  assert.equal(commonReasonsIn('es')[0]?.text, 'Examen físico anual')
})

test('the table is whole: every line has both languages, real codes and visit types, and is understood as itself', () => {
  assert.ok(meanings.length >= 100 && phrases.length >= 700, `${meanings.length} meanings, ${phrases.length} phrases`)
  for (const { name, specialties, visitTypes, kind } of meanings) {
    assert.ok(name.en && name.es)
    assert.ok(specialties.length > 0 && specialties.every((code) => /^[0-9A-Z]{10}$/.test(code)), name.en)
    for (const code of specialties) assert.ok(specialtyName(code, 'es'), `${name.en}: ${code} has no name`)
    if (kind === 'reason') assert.ok(visitTypes.length > 0, name.en)
    for (const said of [name.en, name.es])
      assert.ok(understand(said).specialties.includes(specialties[0]!), `${said} is not understood`)
  }
})

test('nothing typed takes long or fails', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => void understand(text)))
  const began = performance.now()
  for (const evil of ['a'.repeat(100_000), 'doctor '.repeat(20_000), '\u0301'.repeat(100_000), "'".repeat(100_000)])
    understand(evil)
  assert.ok(performance.now() - began < 5000)
})
