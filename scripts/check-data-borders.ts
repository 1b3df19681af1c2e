/** A slice writes only its own schema and reads only its own or those behind it on the journey. */
import ts from 'typescript'
import { isAhead, journey } from './journey.ts'
import { mentionsIn, type Mention } from './sql.ts'
import { everyNode, isCode, isTest, placeOf, type Finding, type SourceFile } from './source.ts'

/** Schemas that are no slice: the queue's and the migration runner's, both the platform's business alone. */
const ofPlatform = ['pgboss', 'migrations']
const schemas = [...journey, ...ofPlatform]
/** Whoever does a deed may write its audit row in the same statement; the database lets every role insert, no more. */
const auditTrail = new Set([
  'platform.audit_event',
  'platform.audit_unsealed',
  'platform.auditEvent',
  'platform.auditUnsealed',
])

const kyselyVerb =
  /^(insertInto|replaceInto|updateTable|deleteFrom|mergeInto|selectFrom|\w*[jJ]oin\w*|using|from|into|table)$/
const kyselyWrite = /^(insertInto|replaceInto|updateTable|deleteFrom|mergeInto)$/
const looksLikeSql = /^\s*(select|insert|update|delete|with|merge|truncate|copy|lock|create|alter|drop|grant|call)\b/i

/** Checks Kysely calls and raw SQL of every file that belongs to a slice, or wires them together. */
export function checkDataBorders(files: readonly SourceFile[]): Finding {
  let looked = 0
  const breaches: string[] = []
  for (const file of files.filter(({ path }) => isCode(path) && !isTest(path))) {
    const slice = /^server\/(\w+)(?=\/|\.ts$)/.exec(file.path)?.[1]
    if (!slice || slice === 'testing') continue
    everyNode(file, (node) => {
      const { mentions, blind } = touchedBy(node)
      looked += mentions.length
      if (blind) breaches.push(`${placeOf(file, node)}: ${blind}`)
      for (const mention of mentions) {
        const why = dataBreach(slice, mention)
        if (why) breaches.push(`${placeOf(file, node)}: ${mention.schema}.${mention.name}: ${why}`)
      }
    })
  }
  return { looked, breaches }
}

/** Why this slice may not touch that table so; undefined when it may. Shared with the check of migrations. */
export function dataBreach(slice: string, { schema, name, writes, inserts }: Mention): string | undefined {
  if (ofPlatform.includes(schema)) return slice === 'platform' ? undefined : `only the platform touches ${schema}`
  if (schema === slice) return undefined
  if (writes && inserts && auditTrail.has(`${schema}.${name}`)) return undefined
  if (writes) return `${slice} writes the schema of ${schema}; call its door or announce a fact`
  if (journey.includes(slice) && isAhead(schema, slice)) return `${slice} reads ahead on the journey`
  return undefined
}

interface Touched {
  readonly mentions: readonly Mention[]
  /** A table that nobody can check. */
  readonly blind?: string
}

function touchedBy(node: ts.Node): Touched {
  if (ts.isTaggedTemplateExpression(node))
    return { mentions: tagName(node) === 'sql' ? rawMentions(node.template) : [] }
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression))
    return ofCall(node, node.expression.name.text)
  // The text of a tagged template was read with its tag.
  if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) {
    const text = textOf(node)
    return { mentions: looksLikeSql.test(text) && !isTagged(node) ? mentionsIn(text, schemas) : [] }
  }
  return { mentions: [] }
}

const taggedTexts = new WeakSet<ts.Node>()
const isTagged = (node: ts.Node) => taggedTexts.has(node)

function rawMentions(template: ts.TemplateLiteral): Mention[] {
  taggedTexts.add(template)
  return mentionsIn(textOf(template), schemas)
}

function ofCall(call: ts.CallExpression, verb: string): Touched {
  if (verb === 'withSchema')
    return { mentions: [], blind: 'withSchema() hides which schema is meant; name it in the table' }
  const [first] = call.arguments
  const isBuilt = first !== undefined && /^(raw|table|id)$/.test(verb) && !ts.isStringLiteralLike(first)
  if (isBuilt && isSqlTag(call.expression))
    return { mentions: [], blind: `sql.${verb}() of a text that is not written out` }
  if (!kyselyVerb.test(verb)) return { mentions: [] }
  const tables = first && ts.isArrayLiteralExpression(first) ? [...first.elements] : first ? [first] : []
  const writes = kyselyWrite.test(verb)
  const blind = writes && tables.some((table) => !ts.isStringLiteralLike(table))
  const mentions = tables.flatMap((table) => {
    const [, schema = '', name = ''] =
      (ts.isStringLiteralLike(table) && /^(\w+)\.(\w+)( as \w+)?$/.exec(table.text)) || []
    return schemas.includes(schema) ? [{ schema, name, writes, inserts: verb === 'insertInto' }] : []
  })
  return blind ? { mentions, blind: `${verb}() of a table that is not written out` } : { mentions }
}

const isSqlTag = (callee: ts.Expression) =>
  ts.isPropertyAccessExpression(callee) && ts.isIdentifier(callee.expression) && callee.expression.text === 'sql'

function tagName({ tag }: ts.TaggedTemplateExpression): string {
  if (ts.isIdentifier(tag)) return tag.text
  return ts.isPropertyAccessExpression(tag) ? tag.name.text : ''
}

function textOf(node: ts.StringLiteralLike | ts.TemplateLiteral): string {
  if (ts.isStringLiteralLike(node)) return node.text
  return node.head.text + node.templateSpans.map((span) => ` ? ${span.literal.text}`).join('')
}
