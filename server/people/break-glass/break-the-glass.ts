/** Opens one record for an hour, for a reason, after a fresh proof of who asks. The privacy officer hears of it at once. */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import { notFound, Refusal } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { visiblePatients } from '../access.ts'
import { ownSession } from '../sign-in/lock-session.ts'
import type { GlassReason } from './contract.ts'
import { sealField } from '../../platform/vault/index.ts'
import { glassField } from '../sealed.ts'
import '../tables.ts'

export const glassLimits = { provedMinutes: 5, openMinutes: 60, reviewDays: 3, oftenAWeek: 3 } as const

/** Refuses `not_found` (another organization's too) and `prove_again` when the last proof is older than five minutes. */
export async function breakTheGlass(
  context: Context,
  actor: Actor,
  patientId: string,
  { reason, words }: { reason: GlassReason; words: string },
) {
  const { db, now, announce } = context
  const { organizationId, role, session } = actor
  const { personId } = ownSession(actor)
  const at = now()
  const provedUntil = session?.provedAt.add({ minutes: glassLimits.provedMinutes })
  if (!provedUntil || Temporal.Instant.compare(provedUntil, at) < 0)
    throw new Refusal(403, 'prove_again', 'Show once more that it is you before you open this record.', {
      instead: 'prove_again',
    })
  return within(db, actor, async (tx) => {
    const patient = await visiblePatients(tx, actor).where('p.id', '=', patientId).select('p.id').executeTakeFirst()
    if (!patient) throw notFound('patient')
    const id = newId()
    const endsAt = at.add({ minutes: glassLimits.openMinutes })
    const reviewDueAt = at.add({ hours: 24 * glassLimits.reviewDays })
    const wordsSealed = await sealField(context, tx, glassField({ organizationId, patientId, id }, 'words'), words)
    const opened = { brokenAt: at, endsAt, reviewDueAt }
    await tx
      .insertInto('people.breakGlass')
      .values({ organizationId, id, patientId, personId, role, reason, wordsSealed, ...opened })
      .execute()
    await audit(tx, actor, {
      action: 'execute',
      resourceType: 'BreakGlass',
      resourceId: id,
      patientId,
      fields: [reason],
      purpose: 'BREAK-GLASS',
    })
    await announce(tx, 'glass.broken', { organizationId, breakGlassId: id })
    return { id, endsAt: endsAt.toString() }
  })
}
