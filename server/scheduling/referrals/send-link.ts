/** Sends a patient the link of their referral; the one that was sent before opens nothing from then on. */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { conflict, invalid } from '../../platform/errors.ts'
import { recordIds } from '../../people/index.ts'
import { accessReferral } from './close-referral.ts'
import './tables.ts'

/** Refuses `already_decided`, `nowhere_to_send`. */
export async function sendReferralLink(context: Context, actor: Actor, id: string) {
  await within(context.db, actor, async (tx) => {
    const { patientId, closedAt, appointmentId, purpose } = await accessReferral(tx, actor, id)
    if (closedAt || appointmentId) throw conflict('already_decided', 'Somebody has decided this already.')
    if (!(await canBeReached(tx, actor.organizationId, patientId)))
      throw invalid('nowhere_to_send', 'There is no phone or email on record. Call the patient.', { instead: 'call' })
    await sendLink(context, tx, actor.organizationId, id)
    await audit(tx, actor, {
      action: 'execute',
      resourceType: 'ServiceRequest',
      resourceId: id,
      patientId,
      fields: ['link'],
      ...(purpose && { purpose }),
    })
  })
}

export async function canBeReached(tx: Tx, organizationId: string, patientId: string): Promise<boolean> {
  const contact = await tx
    .selectFrom('people.patientContact')
    .where('organizationId', '=', organizationId)
    .where('patientId', 'in', await recordIds(tx, organizationId, patientId))
    .select('kind')
    .executeTakeFirst()
  return contact !== undefined
}

/** A new link, and the fact that it is to be sent. */
export async function sendLink({ announce, now }: Context, tx: Tx, organizationId: string, referralId: string) {
  const { linkNumber } = await tx
    .updateTable('scheduling.referral')
    .set((row) => ({ linkNumber: row('linkNumber', '+', 1), linkSentAt: now() }))
    .where('organizationId', '=', organizationId)
    .where('id', '=', referralId)
    .returning('linkNumber')
    .executeTakeFirstOrThrow()
  await announce(tx, 'referral.link-made', { organizationId, referralId, linkNumber })
}
