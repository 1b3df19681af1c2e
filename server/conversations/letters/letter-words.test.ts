// No sentence of ours that leaves by mail or text names a specialty, an illness, a test, a medicine or what a bill is for.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { words } from '../words/index.ts'

/** Without accents and capitals. */
const fold = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()

/** What else tells of somebody's health or money, as the beginning of a word, folded: English and Spanish. */
const roots = [
  'abort|addict|aids|alcohol|allerg|alergi|anxiet|ansiedad|arthrit|artrit|asthma|asma|autis|biops|cancer|chemo|quimio',
  'chlamydia|colono|contracept|anticoncept|dementia|demencia|depress|depresi|detox|diabet|diagnos|dialys|dialis|disabil',
  'discapacidad|disease|enfermedad|drug|droga|embaraz|pregnan|epilep|fertil|hepat|herpes|hiv|vih|hospice|icd|illness',
  'imaging|infect|insulin|lab|labs|laborator|mammo|mamo|medication|medicament|medicine|medicina|mri|narco|opioid|oncolog',
  'overdose|sobredosis|pap|prep|prescri|receta|psych|psiq|psico|recovery cent|rehab|result|resultado|screening|std|stroke',
  'suicid|surger|cirug|sympto|sintoma|syphilis|sifilis|therap|terapia|transplant|trasplante|tumor|ultraso|vaccin|vacuna',
  'weight|x-ray|balance|bill|charge|copay|debt|deuda|factura|owe|payment|pago|saldo',
].flatMap((line) => line.split('|'))

/** Whole words of the table of specialties that are said of anything else, too. */
const everyday = new Set(['general', 'child', 'children', 'family', 'hijo', 'vista', 'pie', 'pa', 'pt', 'np', 'ent'])

// Read as text: the directory's door does not hand out its words.
const table = readFileSync(join(import.meta.dirname, '../../directory/words/specialties.ts'), 'utf8')
const specialties = table
  .split('\n')
  .filter((line) => /^\w{10} \|/.test(line))
  .flatMap((line) => line.split('|').slice(1))
  .flatMap((names) => names.split(','))
  .map((name) => fold(name).trim())
  .filter((name) => name !== '' && !everyday.has(name))
assert.ok(specialties.length > 200, `read only ${specialties.length} names of specialties`)

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
const telling = new RegExp(
  String.raw`(?<![\p{L}\d])(?:(?:${roots.map(escaped).join('|')})\p{L}*|(?:${specialties.map(escaped).join('|')})(?![\p{L}\d]))`,
  'gu',
)

/** The words of a sentence that tell what a mail or a text must not. */
const tellingIn = (text: string) => fold(text).match(telling) ?? []

/** Every sentence, those with gaps filled with what says nothing. */
function sentencesOf(part: unknown, path = ''): [string, string][] {
  if (typeof part === 'string') return [[path, part]]
  if (typeof part === 'function') {
    const fill = part as (...gaps: unknown[]) => string
    return [
      [path, fill('Ada', 'Lakeside', 'Monday')],
      [path, fill(2, 2, 2)],
      [path, fill(undefined, 2, 'Monday')],
    ]
  }
  return Object.entries(part as object).flatMap(([key, one]) => sentencesOf(one, path ? `${path}.${key}` : key))
}

for (const language of ['en', 'es'] as const)
  test(`no sentence of a letter or text in ${language} tells of health or money`, () => {
    const sentences = sentencesOf(words[language])
    assert.ok(new Set(sentences.map(([path]) => path)).size > 60, `read only ${sentences.length}`)
    const found = sentences.flatMap(([path, text]) => tellingIn(text).map((word) => `${path}: ${word} in '${text}'`))
    assert.deepEqual([...new Set(found)], [])
  })

test('the guard finds what it is there for, and leaves alone what a letter needs', () => {
  const bad = [
    'Your psychiatry visit is tomorrow',
    'Your colonoscopy is booked',
    'Results of your HIV test are ready',
    'Reminder: cancer screening',
    'Visit with your cardiologist',
    'Time for your flu vaccine',
    'Your prescription was sent',
    'Prenatal care: your pregnancy visit',
    'You owe $40: see your bill',
    'Your balance is due',
    'Welcome to Harbor Recovery Center',
    'Mental health counseling on Monday',
    'Su consulta de psiquiatría',
    'Su mamografía es el lunes',
    'Los resultados de su prueba de VIH',
    'Tiene cita con el oncólogo',
    'Su saldo está pendiente',
    'Control de su embarazo',
    'Su vacuna es mañana',
    'Consejería de salud mental',
  ]
  assert.deepEqual(
    bad.filter((text) => tellingIn(text).length === 0),
    [],
  )
  const good = [
    'Hello Ada, your visit is on Wednesday, December 2, 10:00 AM at Lakeside Clinic.',
    'See, change or cancel this visit',
    'Sign in to read it.',
    'Su consulta es el miércoles, 2 de diciembre, 10:00 a.m.',
    '¿Preguntas? Llámenos',
  ]
  assert.deepEqual(
    good.flatMap((text) => tellingIn(text)),
    [],
  )
})
