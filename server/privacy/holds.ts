/** Legal holds: while one lasts, nothing it covers is let go. */
import type { Actor } from '../platform/actor.ts'
import { audit } from '../platform/audit.ts'
import type { Context } from '../platform/context.ts'
import { within } from '../platform/db.ts'
import { notFound } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { claim, type RequestKey } from '../platform/once.ts'
import { knowPatient } from './access.ts'
import { patientNames } from './patient-names.ts'
import './tables.ts'

export async function listHolds({ db }: Context, actor: Actor) {
  return within(db, actor, async (tx) => {
    const rows = await tx
      .selectFrom('privacy.legalHold')
      .where('organizationId', '=', actor.organizationId)
      .selectAll()
      .orderBy('endedAt', (order) => order.asc().nullsFirst())
      .orderBy('id', 'desc')
      .limit(200)
      .execute()
    await audit(tx, actor, { action: 'read', resourceType: 'Flag', purpose: 'OPS' })
    const named = await patientNames(
      tx,
      actor,
      rows.map(({ patientId }) => patientId),
    )
    return rows.map(({ id, patientId, reason, placedAt, endedAt }) => ({
      id,
      patientId,
      patient: named.get(patientId ?? '') ?? null,
      reason,
      placedAt: placedAt.toString(),
      endedAt: endedAt?.toString() ?? null,
    }))
  })
}

/** Over one record, or over all of the organization. */
export async function placeHold(
  { db, now }: Context,
  actor: Actor,
  { patientId, reason }: { patientId?: string; reason: string },
  requestKey?: RequestKey,
) {
  const id = newId()
  return within(db, actor, async (tx) => {
    const before = await claim(tx, actor, requestKey, id)
    if (before) return before
    if (patientId !== undefined) await knowPatient(tx, actor, patientId)
    await tx
      .insertInto('privacy.legalHold')
      .values({
        organizationId: actor.organizationId,
        id,
        patientId: patientId ?? null,
        reason,
        placedBy: actor.id,
        placedAt: now(),
      })
      .execute()
    await audit(tx, actor, { action: 'create', resourceType: 'Flag', resourceId: id, patientId, purpose: 'OPS' })
    return id
  })
}

export async function endHold({ db, now }: Context, actor: Actor, id: string) {
  await within(db, actor, async (tx) => {
    const ended = await tx
      .updateTable('privacy.legalHold')
      .set({ endedAt: now(), endedBy: actor.id })
      .where('organizationId', '=', actor.organizationId)
      .where('id', '=', id)
      .where('endedAt', 'is', null)
      .returning('patientId')
      .executeTakeFirst()
    if (!ended) throw notFound('hold')
    await audit(tx, actor, {
      action: 'update',
      resourceType: 'Flag',
      resourceId: id,
      patientId: ended.patientId ?? undefined,
      purpose: 'OPS',
    })
  })
}
