/** `attend retention …`: records whose time to be kept is over, and letting them go when two people say so. */
import { forgetters } from '../app.ts'
import { system } from '../platform/actor.ts'
import type { Context } from '../platform/context.ts'
import { Refusal } from '../platform/errors.ts'
import { deciderNamed } from '../people/index.ts'
import { eraseRecord, listRetention } from '../privacy/index.ts'

export const retentionHelp = `
  retention list                 records that were kept long enough, and which of them a hold keeps
  retention erase [<id> …]       lets them go, or those named; two people decide: --by a@x --second b@x --organization x`

export const retentionOptions = { by: { type: 'string' }, second: { type: 'string' } } as const

export async function showRetention(context: Context, organizationId: string): Promise<string[]> {
  const over = await listRetention(context, system(organizationId, 'command-line'))
  const lines = over.map(
    ({ patientId, keptUntil, held }) => `${patientId}  since ${keptUntil}${held ? '  on hold' : ''}`,
  )
  return [...lines, `${over.length} records were kept long enough; ${over.filter(({ held }) => held).length} on hold.`]
}

/** Lines that say what went and what stayed. Throws when two administrators or auditors are not named. */
export async function eraseRetention(
  context: Context,
  organizationId: string,
  { by, second }: { by?: string | undefined; second?: string | undefined },
  chosen: readonly string[],
): Promise<string[]> {
  if (!by || !second) throw new Error('Two people decide: give --by and --second, the emails they sign in with.')
  const deciders = [
    await deciderNamed(context, organizationId, by),
    await deciderNamed(context, organizationId, second),
  ]
  if (new Set(deciders).size < 2) throw new Error('Two people decide: these are one and the same.')
  const over = await listRetention(context, system(organizationId, 'command-line'))
  const ids = chosen.length > 0 ? chosen : over.filter(({ held }) => !held).map(({ patientId }) => patientId)
  const lines: string[] = []
  for (const patientId of ids) {
    const said = await eraseRecord(context, forgetters, { organizationId, patientId, by: deciders }).then(
      () => 'let go',
      (error: unknown) => {
        if (error instanceof Refusal) return `stays: ${error.message}`
        throw error
      },
    )
    lines.push(`${patientId}  ${said}`)
  }
  return [...lines, `${lines.filter((line) => line.endsWith('let go')).length} of ${ids.length} records let go.`]
}
