/** A migration makes and alters only the schema of the slice it is named after. */
import { dataBreach } from './check-data-borders.ts'
import { journey } from './journey.ts'
import { mentionsIn, withoutComments } from './sql.ts'
import type { Finding, SourceFile } from './source.ts'

const maker =
  /\b(create|alter|drop)\s+(?:or\s+replace\s+|unlogged\s+|materialized\s+|recursive\s+|foreign\s+|global\s+|local\s+)*(table|view|function|procedure|type|sequence|domain|aggregate|schema)\s+(?:if\s+(?:not\s+)?exists\s+|only\s+)*("?[\w"]+"?(?:\."?\w+"?)?)/gi
const attached =
  /\bcreate\s+(?:or\s+replace\s+)?(?:unique\s+|constraint\s+)?(index|trigger)\b[^;]*?\bon\s+(?:only\s+)?([\w".]+)/gi
const fileName = /^server\/migrations\/(\d{8}T\d{4})_([a-z]+)\.sql$/

/** Checks every file of server/migrations: its name, what it makes, what it reads. */
export function checkMigrations(files: readonly SourceFile[]): Finding {
  const ours = files.filter(({ path }) => path.startsWith('server/migrations/') && !path.endsWith('.md'))
  return { looked: ours.length, breaches: ours.flatMap((file) => breachesOf(file)) }
}

function breachesOf({ path, text }: SourceFile): string[] {
  const slice = fileName.exec(path)?.[2] ?? ''
  if (!journey.includes(slice))
    return [`${path}: name it like 20261123T1210_scheduling.sql, after a slice of the journey`]
  const bare = withoutComments(text)
  const made = [...bare.matchAll(maker)].flatMap(([, verb = '', kind = '', name = '']) => {
    const what = `${verb} ${kind} ${name}`.toLowerCase().replaceAll('"', '')
    if (kind.toLowerCase() === 'schema') return what.endsWith(` ${slice}`) ? [] : [what]
    return isOwn(name, slice) || isWall(what) ? [] : [what]
  })
  const hung = [...bare.matchAll(attached)].flatMap(([, kind = '', on = '']) =>
    isOwn(on, slice) ? [] : [`create ${kind} on ${on}`],
  )
  const touched = mentionsIn(text, [...journey, 'pgboss']).flatMap((mention) => {
    const why = dataBreach(slice, mention)
    return why ? [`${path}: ${mention.schema}.${mention.name}: ${why}`] : []
  })
  return [
    ...new Set([...made, ...hung].map((what) => `${path}: ${what}: only the schema ${slice} is this file's`)),
    ...new Set(touched),
  ]
}

const isOwn = (name: string, slice: string) => name.replaceAll('"', '').startsWith(`${slice}.`)
/** In a function's body the table of `alter table %s` is its caller's to name. */
const isWall = (what: string) => what.startsWith('alter table %')
