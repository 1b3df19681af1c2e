/** An insurer's authorization came in: visits that need it can be booked. */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import { invalid, notFound } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { claim, type RequestKey } from '../../platform/once.ts'
import './tables.ts'

interface Authorization {
  patientId: string
  visitTypeId: string
  fromDay: string
  untilDay: string | null
}

/** Gives its id; refuses `not_found` and `ends_before_it_starts`. */
export async function recordAuthorization(
  { db, now }: Context,
  actor: Actor,
  authorization: Authorization,
  requestKey?: RequestKey,
): Promise<string> {
  const { patientId, visitTypeId, fromDay, untilDay } = authorization
  const { organizationId } = actor
  if (untilDay !== null && untilDay < fromDay)
    throw invalid('ends_before_it_starts', 'It ends after it begins. Check the days.')
  return within(db, actor, async (tx) => {
    const id = newId()
    const before = await claim(tx, actor, requestKey, id)
    if (before) return before
    const known = await tx
      .selectFrom('people.patient as p')
      .innerJoin('scheduling.visitType as v', 'v.organizationId', 'p.organizationId')
      .where('p.organizationId', '=', organizationId)
      .where('p.id', '=', patientId)
      .where('v.id', '=', visitTypeId)
      .select('p.id')
      .executeTakeFirst()
    if (!known) throw notFound('patient or visit type')
    await tx
      .insertInto('scheduling.visitAuthorization')
      .values({
        organizationId,
        id,
        patientId,
        visitTypeId,
        fromDay: Temporal.PlainDate.from(fromDay),
        untilDay: untilDay === null ? null : Temporal.PlainDate.from(untilDay),
        recordedAt: now(),
        recordedBy: actor.id,
      })
      .execute()
    await audit(tx, actor, { action: 'create', resourceType: 'CoverageEligibilityResponse', resourceId: id, patientId })
    return id
  })
}
