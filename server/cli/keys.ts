/** `attend keys …`: the keys that sealed fields stand on. */
import type { Context } from '../platform/context.ts'
import { system } from '../platform/actor.ts'
import { within } from '../platform/db.ts'
import { rotateKeys } from '../platform/vault/rotate.ts'
import { listOrganizations } from '../people/index.ts'

export const keysHelp = `
  keys rotate                    new keys for what is sealed from now on, with no downtime; what is old stays readable
  keys list                      the versions, and how many patients’ keys wait to be wrapped anew`

/** A new key-encryption key, and under it a new key for each organization; the worker wraps the old ones anew. */
export async function rotateAllKeys(context: Context): Promise<string[]> {
  await context.keyProvider.rotate()
  const lines: string[] = []
  for (const { id, slug } of await listOrganizations(context.db.worker))
    lines.push(`${slug}: version ${await rotateKeys(context, id)} from now on.`)
  return [...lines, 'The server wraps older keys anew in the background: see it with `attend keys list`.']
}

export async function showKeys({ db }: Context): Promise<string[]> {
  const lines: string[] = []
  for (const { id, slug } of await listOrganizations(db.worker))
    await within(db, system(id, 'command-line'), async (tx) => {
      const keys = await tx
        .selectFrom('platform.dataKey')
        .where('organizationId', '=', id)
        .where('use', '=', 'wrap')
        .select(['version', 'wrappedBy', 'madeAt'])
        .orderBy('version')
        .execute()
      const newest = keys.at(-1)?.version ?? 0
      const { waiting } = await tx
        .selectFrom('platform.patientKey')
        .where('organizationId', '=', id)
        .where('wrappedWith', '<', newest)
        .where('wrapped', 'is not', null)
        .select((rows) => rows.fn.countAll<number>().as('waiting'))
        .executeTakeFirstOrThrow()
      for (const key of keys)
        lines.push(`${slug}: version ${key.version}, wrapped by ${key.wrappedBy}, made ${key.madeAt.toString()}`)
      lines.push(`${slug}: ${waiting} patients’ keys wait to be wrapped anew.`)
    })
  return lines
}
