/** Guests who may be patients we know: the front desk looks and decides; nothing is joined by itself. */
import type { Actor } from '../platform/actor.ts'
import { audit } from '../platform/audit.ts'
import type { Context } from '../platform/context.ts'
import { within } from '../platform/db.ts'
import { conflict, notFound } from '../platform/errors.ts'
import { identitiesOf } from './identity/identities.ts'
import { score } from './identity/score.ts'
import { summariesOf } from './summary.ts'
import './tables.ts'

const mostShown = 100
const putOffFor = { hours: 24 }

/** Those nobody has decided yet or put off, oldest first; the candidates most alike first, with why. */
export async function listMatchReviews({ db, now }: Context, actor: Actor) {
  return within(db, actor, async (tx) => {
    const rows = await tx
      .selectFrom('people.matchReview')
      .where('organizationId', '=', actor.organizationId)
      .where('decidedAt', 'is', null)
      .where((of) => of.or([of('putOffUntil', 'is', null), of('putOffUntil', '<=', now())]))
      .select(['id', 'patientId', 'candidateIds', 'createdAt'])
      .orderBy('createdAt')
      .orderBy('id')
      .limit(mostShown)
      .execute()
    const ids = rows.flatMap(({ patientId, candidateIds }) => [patientId, ...candidateIds])
    const patients = await summariesOf(tx, actor, ids)
    const identities = await identitiesOf(tx, actor, ids)
    return rows.flatMap(({ id, patientId, candidateIds, createdAt }) => {
      const [guest, identity] = [patients.get(patientId), identities.get(patientId)]
      const candidates = candidateIds
        .flatMap((candidate) => {
          const [patient, its] = [patients.get(candidate), identities.get(candidate)]
          return patient && identity && its ? [{ ...patient, likelihood: score(identity, its) }] : []
        })
        .sort((one, other) => other.likelihood.total - one.likelihood.total)
      return guest ? [{ id, guest, candidates, createdAt: createdAt.toString() }] : []
    })
  })
}

type Decision = 'different' | 'later'

/** Records the decision and whose it was, or that it waits for a day. Refuses `already_decided` when somebody was faster and meant the other. */
export async function decideMatch({ db, now }: Context, actor: Actor, id: string, decision: Decision) {
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
      .set(
        decision === 'later'
          ? { putOffUntil: now().add(putOffFor) }
          : { decision, decidedAt: now(), decidedBy: actor.id },
      )
      .where('organizationId', '=', actor.organizationId)
      .where('id', '=', id)
      .execute()
    const { patientId } = review
    await audit(tx, actor, { action: 'update', resourceType: 'MatchReview', resourceId: id, patientId, purpose: 'OPS' })
  })
}
