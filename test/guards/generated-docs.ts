/** The pages of docs/ that are made from the code: who may call what, and what the database looks like. */
import type pg from 'pg'
import { askingRoles } from '../../server/platform/actor.ts'
import { permissions } from '../../server/platform/permissions.ts'
import type { Endpoint } from '../../server/platform/endpoint.ts'

const asText = (cell: string) => cell.replaceAll('|', '\\|')
const row = (cells: readonly string[]) => `| ${cells.map(asText).join(' | ')} |`

/** docs/access.md: every endpoint and who may call it. */
export function accessPage(endpoints: readonly Endpoint[]): string {
  const sorted = [...endpoints].sort((a, b) => (a.url + a.method < b.url + b.method ? -1 : 1))
  return [
    '# Who may call what',
    '',
    'Made from the contracts by `npm run docs`; a test keeps it true, another calls every line as every role.',
    '`anyone` has no credential, `guest` a visit link, `client` a program’s token; the others are signed in.',
    'Who has which permission is decided in one table: [server/platform/permissions.ts](../server/platform/permissions.ts).',
    '',
    row(['endpoint', 'permission', ...askingRoles, 'what it does']),
    row(['---', '---', ...askingRoles.map(() => '---'), '---']),
    ...sorted.map(({ method, url, permission, summary }) =>
      row([
        `\`${method} ${url}\``,
        permission,
        ...askingRoles.map((role) => (permissions[permission].includes(role) ? '✓' : '')),
        summary,
      ]),
    ),
    '',
  ].join('\n')
}

interface Column {
  table: string
  column: string
  type: string
  required: boolean
}

/** docs/schema.md: every table with its columns, constraints, indexes and policies, as the migrations leave them. */
export async function schemaPage(client: pg.Client): Promise<string> {
  const ours = `n.nspname not in ('pg_catalog', 'information_schema', 'pgboss', 'migrations', 'pg_toast')`
  const columns = await client.query<Column>(`
    select n.nspname || '.' || c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind = 'r' and ${ours} order by 1, a.attnum`)
  const parts = await client.query<{ table: string; text: string }>(`
    select n.nspname || '.' || c.relname as table, k.conname || ': ' || pg_get_constraintdef(k.oid) as text
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace where ${ours} and k.contype <> 'n'
    union all select i.schemaname || '.' || i.tablename, i.indexdef from pg_indexes i join pg_namespace n on n.nspname = i.schemaname
      where ${ours} and not exists (select from pg_constraint k where k.conname = i.indexname)
    union all select p.schemaname || '.' || p.tablename, 'rows for ' || array_to_string(p.roles, ', ') || ': ' || p.policyname
      from pg_policies p join pg_namespace n on n.nspname = p.schemaname where ${ours}
    order by 1, 2`)
  const tables = [...new Set(columns.rows.map(({ table }) => table))]
  const sections = tables.flatMap((table) => [
    `## ${table}`,
    '',
    row(['column', 'type', '']),
    row(['---', '---', '---']),
    ...columns.rows
      .filter((one) => one.table === table)
      .map(({ column, type, required }) => row([column, type, required ? 'always' : ''])),
    '',
    ...parts.rows.filter((one) => one.table === table).map(({ text }) => `- \`${text.replaceAll('`', '')}\``),
    '',
  ])
  return [
    '# The database',
    '',
    'Made from the migrations by `npm run docs`; a test keeps it true.',
    '',
    ...sections,
  ].join('\n')
}
