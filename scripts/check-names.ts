/** Names say what a thing does in the clinic's words; the words that say nothing are refused. */
import { posix } from 'node:path'
import ts from 'typescript'
import { everyNode, isCode, placeOf, type Finding, type SourceFile } from './source.ts'

const empty =
  /^(service|services|repository|repositories|controller|controllers|manager|managers|utils?|utilities|helpers?|handlers?|impl|types|common|misc|lib|base)$/
const emptyEnding = /(Service|Repository|Controller|Manager|Utils?|Helpers?|Handler|Impl)$/
/** Names that FHIR gave. */
const given = new Set(['HealthcareService'])
const kebab = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/
const ours = /^(server|web\/src|test|bench|demo|scripts)\//
const decision = /^docs\/decisions\/\d{4}-\d{2}-\d{2}-[a-z0-9]+(-[a-z0-9]+)*\.md$/

/** Checks names of files, folders, exported things and decisions. */
export function checkNames(files: readonly SourceFile[]): Finding {
  const named = files.filter(({ path }) => ours.test(path))
  const decisions = files.filter(({ path }) => path.startsWith('docs/decisions/'))
  const breaches = [
    ...named.flatMap(({ path }) => fileBreaches(path)),
    ...named.filter(({ path }) => isCode(path)).flatMap(exportBreaches),
    ...decisions.flatMap(decisionBreaches),
  ]
  return { looked: named.length, breaches }
}

function fileBreaches(path: string): string[] {
  const isData = !/\.(tsx?|css)$/.test(path)
  if (isData) return []
  return path.split('/').flatMap((part) => {
    const stem = part.split('.')[0] ?? ''
    const last = stem.split('-').at(-1) ?? ''
    if (empty.test(last))
      return [`${path}: '${last}' says nothing; use a verb (what it does) or a noun (what it rules)`]
    return kebab.test(part) || part.startsWith('$') ? [] : [`${path}: '${part}' is not in kebab-case`]
  })
}

function exportBreaches(file: SourceFile): string[] {
  const found: string[] = []
  everyNode(file, (node) => {
    const isNamed = ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)
    const name = isNamed ? (node.name?.text ?? '') : ''
    if (given.has(name)) return
    if (emptyEnding.test(name)) found.push(`${placeOf(file, node)}: ${name}: name it after what it does in the clinic`)
    if (ts.isInterfaceDeclaration(node) && /^I[A-Z][a-z]/.test(name))
      found.push(`${placeOf(file, node)}: ${name}: no I-prefix`)
  })
  return found
}

function decisionBreaches({ path, text }: SourceFile): string[] {
  if (!decision.test(path))
    return [`${path}: name a decision by date and slug: docs/decisions/2026-11-23-${posix.basename(path)}`]
  const missing = ['Context', 'Decision', 'Consequences'].filter(
    (part) => !new RegExp(`^#+ ${part}\\b`, 'm').test(text),
  )
  const open = /\bTBD\b/.test(text) ? [`${path}: says TBD`] : []
  return [...missing.map((part) => `${path}: has no part '${part}'`), ...open]
}
