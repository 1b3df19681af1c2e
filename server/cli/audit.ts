/** `attend audit verify`: proves the trail of every organization whole, or names what is not. */
import type { Context } from '../platform/context.ts'
import { verifyTrail } from '../platform/verify-trail.ts'
import { listOrganizations } from '../people/index.ts'

export const auditHelp = `
  audit verify                   proves the audit trail whole, or names the first row that is not as it was sealed`

export async function verifyAudit(context: Context): Promise<{ lines: string[]; isWhole: boolean }> {
  const lines: string[] = []
  let isWhole = true
  for (const { id, slug } of await listOrganizations(context.db.worker)) {
    const { seals, events, broken, clock, heads } = await verifyTrail(context, id)
    lines.push(
      broken
        ? `${slug}: BROKEN. ${broken}. Whole before that: ${events} events in ${seals} seals.`
        : `${slug}: whole. ${events} events in ${seals} seals, compared with ${heads} heads.`,
    )
    if (clock) lines.push(`${slug}: TIME. ${clock}.`)
    if (heads === 0 && seals > 0)
      lines.push(`${slug}: no head was copied off this machine, so a cut end cannot be seen.`)
    if (broken || clock) isWhole = false
  }
  return { lines, isWhole }
}
