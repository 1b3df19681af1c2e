/** Guests who may be patients we know: the front desk looks and decides; nothing is joined by itself. */
import type { Actor } from '../platform/actor.ts'
import { audit } from '../platform/audit.ts'
import type { Context } from '../platform/context.ts'
import { within } from '../platform/db.ts'
import { conflict, notFound } from '../platform/errors.ts'
import { summariesOf } from './summary.ts'
import './tables.ts'

const mostShown = 100

/** Those nobody has decided yet, oldest first. */
export async function listMatchReviews({ db }: Context, actor: Actor) {
  return within(db, actor, async (tx) => {
    const rows = await tx
      .selectFrom('people.matchReview')
      .where('organizationId', '=', actor.organizationId)
      .where('decidedAt', 'is', null)
      .select(['id', 'patientId', 'candidateIds', 'createdAt'])
      .orderBy('createdAt')
      .orderBy('id')
      .limit(mostShown)
      .execute()
    const patients = await summariesOf(
      tx,
      actor,
      rows.flatMap(({ patientId, candidateIds }) => [patientId, ...candidateIds]),
    )
    return rows.flatMap(({ id, patientId, candidateIds, createdAt }) => {
      const guest = patients.get(patientId)
      const candidates = candidateIds.flatMap((candidate) => patients.get(candidate) ?? [])
      return guest ? [{ id, guest, candidates, createdAt: createdAt.toString() }] : []
    })
  })
}

/** Records the decision and whose it was. Refuses `already_decided` when somebody was faster and meant the other. */
export async function decideMatch({ db, now }: Context, actor: Actor, id: string, decision: 'same' | 'different') {
  await within(db, actor, async (tx) => {
    const review = await tx
      .selectFrom('people.matchReview')
      .where('organizationId', '=', actor.organizationId)
      .where('id', '=', id)
      .select(['patientId', 'decision'])
      .forUpdate()
      .executeTakeFirst()
    if (!review) throw notFound('match review')
    if (review.decision === decision) return
    if (review.decision) throw conflict('already_decided', 'Somebody has decided this already.')
    await tx
      .updateTable('people.matchReview')
      .set({ decision, decidedAt: now(), decidedBy: actor.id })
      .where('organizationId', '=', actor.organizationId)
      .where('id', '=', id)
      .execute()
    const { patientId } = review
    await audit(tx, actor, { action: 'update', resourceType: 'MatchReview', resourceId: id, patientId, purpose: 'OPS' })
  })
}
