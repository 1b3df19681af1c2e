/**
 * Lets one record go whose time is over and that no hold keeps: its keys are destroyed, then its rows, in every slice. The trail
 * keeps the patient's id, who decided and when; nothing is left to find the person by.
 */
import { sql } from 'kysely'
import { system } from '../platform/actor.ts'
import { audit } from '../platform/audit.ts'
import type { Context } from '../platform/context.ts'
import { within, withinSignIn, type Tx } from '../platform/db.ts'
import type { Forgetter, Leaving } from '../platform/forget.ts'
import { shredPatient } from '../platform/vault/index.ts'
import { refuseKept } from './kept.ts'
import './tables.ts'

export interface Decision {
  organizationId: string
  patientId: string
  /** Who decided, as the trail shall name them: two people, or the one name of a rule that the operator set. */
  by: readonly string[]
}

/**
 * Refuses `on_hold` and `not_over`. What is broken off after the sign-in's part is done anew by the next run: until the end
 * the record stands on the list.
 */
export async function eraseRecord(context: Context, forgetters: readonly Forgetter[], decision: Decision) {
  const { organizationId, patientId } = decision
  const actor = system(organizationId, 'retention')
  const at = context.now()
  const personIds = await within(context.db, actor, async (tx) => {
    await refuseKept(tx, decision, at)
    return accountsThatEnd(tx, decision)
  })
  const leaving: Leaving = { organizationId, patientId, personIds, at }
  await withinSignIn(context.db, organizationId, async (tx) => {
    for (const { atSignIn } of forgetters) await atSignIn?.(tx, leaving)
  })
  await within(context.db, actor, async (tx) => {
    await sql`select from people.patient where organization_id = ${organizationId} and id = ${patientId} for update`.execute(
      tx,
    )
    // A hold may have been placed meanwhile.
    await refuseKept(tx, decision, at)
    await shredPatient(context, tx, organizationId, patientId)
    for (const { work } of forgetters) await work?.(tx, leaving)
    for (const id of decision.by)
      await audit(
        tx,
        { ...actor, id },
        {
          action: 'delete',
          resourceType: 'Patient',
          resourceId: patientId,
          patientId,
          fields: ['record', 'keys', ...(personIds.length > 0 ? ['account'] : [])],
          purpose: 'OPS',
        },
      )
  })
}

/** Accounts that open this record and nothing else: no other's, no colleague's. */
async function accountsThatEnd(tx: Tx, { organizationId: o, patientId: p }: Decision): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select a.person_id as id from people.patient_account a where a.organization_id = ${o} and a.patient_id = ${p}
      and not exists (select from people.patient_account b where b.organization_id = ${o} and b.person_id = a.person_id and b.patient_id <> ${p})
      and not exists (select from people.staff_role s where s.organization_id = ${o} and s.person_id = a.person_id)
      and not exists (select from people.proxy_grant g where g.organization_id = ${o} and g.person_id = a.person_id and g.patient_id <> ${p})`.execute(
    tx,
  )
  return rows.map(({ id }) => id)
}
