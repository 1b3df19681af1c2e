/** What the front desk types is understood as a person would mean it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { searchTerms } from './search-terms.ts'
import { searchNameOf, tidyName, wordsOf } from './patient-words.ts'

const today = Temporal.PlainDate.from('2026-12-01')
const understood = (text: string) => {
  const { words, bornOn, digits } = searchTerms(text, today)
  return [words.join(' '), bornOn?.toString() ?? '', digits ?? ''].join('|')
}

test('name words, birth dates and phones are told apart, in any order', () => {
  const cases: Record<string, string> = {
    'gon mar': 'gon mar||',
    'Núñez, María': 'nunez maria||',
    '1980-02-01': '|1980-02-01|',
    '2/1/1980': '|1980-02-01|',
    '25/12/1980': '|1980-12-25|',
    '02011980': '|1980-02-01|',
    '19800201': '|1980-02-01|',
    '2/1/80': '|1980-02-01|',
    '2/1/12': '|2012-02-01|',
    '555 12': '||55512',
    '(617) 555-0199': '||6175550199',
    'mar 02/01/1980': 'mar|1980-02-01|',
    '4567 gon': 'gon||4567',
    'gon 55': 'gon||',
    "O'Brien": 'obrien||',
    'Garcia-Lopez': 'garcia lopez||',
    gloria604: 'gloria604||',
    '2/30/1980': '||2301980',
    '12/25/2099': '||12252099',
    '--- ..': '||',
  }
  for (const [typed, meant] of Object.entries(cases)) assert.equal(understood(typed), meant, typed)
})

test('a name is kept under every word it may be looked for by', () => {
  assert.deepEqual(wordsOf('Seán O’Brien-Díaz').toSorted(), ['brien', 'diaz', 'o', 'obrien', 'obriendiaz', 'sean'])
  assert.deepEqual(wordsOf('Øyvind Łukasz Strauß'), ['oyvind', 'lukasz', 'strauss'])
  assert.equal(searchNameOf({ givenName: 'Gloria María', familyName: "D'Núñez" }), 'dnunez gloria maria')
})

test('a name cannot carry invisible commands or line breaks', () => {
  assert.equal(tidyName(' Ana\u0000\n\u202EMaría  Ruiz '), 'Ana María Ruiz')
})
