/** What the privacy officer found out about a look. */
import type { Actor } from '../platform/actor.ts'
import { audit } from '../platform/audit.ts'
import type { Context } from '../platform/context.ts'
import { within } from '../platform/db.ts'
import { forbidden } from '../platform/errors.ts'
import { knowPatient, knowPerson } from './access.ts'
import './tables.ts'

interface Review {
  personId: string
  patientId: string
  day: string
  outcome: 'fine' | 'violation'
  note?: string
}

/** The newest judgement counts; the trail keeps them all. Nobody judges their own looks. Refuses `not_found`. */
export async function reviewLook({ db, now }: Context, actor: Actor, review: Review) {
  const { personId, patientId, day, outcome, note = null } = review
  if (personId === actor.personId) throw forbidden()
  await within(db, actor, async (tx) => {
    await knowPatient(tx, actor, patientId)
    await knowPerson(tx, actor, personId)
    const judged = { outcome, note, reviewedBy: actor.id, reviewedAt: now() }
    await tx
      .insertInto('privacy.lookReview')
      .values({
        organizationId: actor.organizationId,
        personId,
        patientId,
        lookedOn: Temporal.PlainDate.from(day),
        ...judged,
      })
      .onConflict((same) => same.columns(['organizationId', 'personId', 'patientId', 'lookedOn']).doUpdateSet(judged))
      .execute()
    await audit(tx, actor, {
      action: 'update',
      resourceType: 'AuditEvent',
      resourceId: personId,
      patientId,
      fields: ['review'],
      purpose: 'OPS',
    })
  })
}
