/** Patients who booked with a landline and wait for a call. */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import { notFound } from '../../platform/errors.ts'
import { summariesOf } from '../../people/index.ts'
import '../tables.ts'

export async function listCallBacks({ db }: Context, actor: Actor) {
  return within(db, actor, async (tx) => {
    const rows = await tx
      .selectFrom('scheduling.callBack')
      .where('organizationId', '=', actor.organizationId)
      .where('doneAt', 'is', null)
      .orderBy('dueAt')
      .limit(200)
      .selectAll()
      .execute()
    const patients = await summariesOf(
      tx,
      actor,
      rows.map((row) => row.patientId),
    )
    return rows.flatMap((row) => {
      const patient = patients.get(row.patientId)
      return patient ? [{ id: row.id, appointmentId: row.appointmentId, patient, dueAt: row.dueAt.toString() }] : []
    })
  })
}

/** Records how the call went, once. */
export async function settleCallBack(
  { db, now }: Context,
  actor: Actor,
  id: string,
  outcome: 'confirmed' | 'not_reached' | 'wrong_number',
) {
  await within(db, actor, async (tx) => {
    const done = await tx
      .updateTable('scheduling.callBack')
      .set({ doneAt: now(), doneBy: actor.id, outcome })
      .where('organizationId', '=', actor.organizationId)
      .where('id', '=', id)
      .where('doneAt', 'is', null)
      .returning('patientId')
      .executeTakeFirst()
    if (!done) throw notFound('call back')
    await audit(tx, actor, {
      action: 'update',
      resourceType: 'Task',
      resourceId: id,
      patientId: done.patientId,
      purpose: 'OPS',
    })
  })
}
