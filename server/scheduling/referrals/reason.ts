/** Why somebody is referred: sealed with the patient's keys, read by those who may know why patients come. */
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { may } from '../../platform/permissions.ts'
import type { Field } from '../../platform/vault/index.ts'
import { readWords } from '../../platform/vault/words.ts'

interface Whose {
  organizationId: string
  id: string
  patientId: string
}

export const referralField = ({ organizationId, id, patientId }: Whose): Field => ({
  organizationId,
  table: 'scheduling.referral',
  column: 'reason',
  id,
  patientId,
})

/** The reasons of these referrals, in their order; none when the actor may not know. */
export async function referralReasons(
  context: Context,
  tx: Tx,
  actor: Actor,
  referrals: readonly (Whose & { reasonSealed: Buffer | null })[],
): Promise<(string | null)[]> {
  if (!may(actor, 'visit.reason')) return referrals.map(() => null)
  return readWords(
    context,
    tx,
    referrals.map((one) => ({ field: referralField(one), plain: null, sealed: one.reasonSealed })),
  )
}
