/** `attend retention …`: records whose time to be kept is over, and letting go those that two people decided about. */
import { forgetters } from '../app.ts'
import { system } from '../platform/actor.ts'
import type { Context } from '../platform/context.ts'
import { within } from '../platform/db.ts'
import { Refusal } from '../platform/errors.ts'
import { approvedBy, eraseRecord, listRetention } from '../privacy/index.ts'

export const retentionHelp = `
  retention list                 records that were kept long enough, and what was decided --organization demo
  retention erase [<id> …]       lets go what one person proposed and another approved, or those of it that are named`

type Listed = Awaited<ReturnType<typeof listRetention>>[number]

export async function showRetention(context: Context, organizationId: string): Promise<string[]> {
  const over = await listRetention(context, system(organizationId, 'command-line'))
  const lines = over.map((one) => `${one.patientId}  since ${one.keptUntil}${standing(one)}`)
  return [...lines, `${over.length} records were kept long enough; ${over.filter(({ held }) => held).length} on hold.`]
}

function standing({ held, proposal }: Listed): string {
  if (held) return '  on hold'
  if (!proposal) return ''
  return proposal.approved ? '  approved' : '  proposed'
}

/** Lines that say what went and what stayed. Decides nothing: what nobody approved stays, whoever runs this. */
export async function eraseRetention(
  context: Context,
  organizationId: string,
  chosen: readonly string[],
): Promise<string[]> {
  const over = await listRetention(context, system(organizationId, 'command-line'))
  const approved = over.filter(({ proposal }) => proposal?.approved).map(({ patientId }) => patientId)
  const ids = chosen.length > 0 ? chosen : approved
  const lines: string[] = []
  for (const patientId of ids) lines.push(`${patientId}  ${await carryOut(context, organizationId, patientId)}`)
  return [...lines, `${lines.filter((line) => line.endsWith('let go')).length} of ${ids.length} records let go.`]
}

async function carryOut(context: Context, organizationId: string, patientId: string): Promise<string> {
  const by = await within(context.db, system(organizationId, 'retention'), (tx) =>
    approvedBy(tx, organizationId, patientId),
  )
  if (!by) return 'stays: Nobody has approved it. One person proposes it on the page of holds, another approves.'
  return eraseRecord(context, forgetters, { organizationId, patientId, by }).then(
    () => 'let go',
    (error: unknown) => {
      if (error instanceof Refusal) return `stays: ${error.message}`
      throw error
    },
  )
}
