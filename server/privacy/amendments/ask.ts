/** A patient asks to correct the record (45 CFR 164.526). */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import { newId } from '../../platform/ids.ts'
import { claim, type RequestKey } from '../../platform/once.ts'
import { readOrganization } from '../../people/index.ts'
import { ownPatient } from '../access.ts'
import { amendmentView, readAmendment } from './amendment.ts'
import { sealWords } from './sealed.ts'

/** The law's 60 days, by the clinic's calendar. */
const daysToAnswer = 60

export async function askAmendment(
  context: Context,
  actor: Actor,
  asked: { about: string; wanted: string },
  requestKey?: RequestKey,
) {
  const { db, now } = context
  const patientId = ownPatient(actor)
  const id = newId()
  return within(db, actor, async (tx) => {
    const before = await claim(tx, actor, requestKey, id)
    if (before) return amendmentView(context, tx, await readAmendment(tx, actor, before))
    const { zone } = await readOrganization(tx, actor.organizationId)
    const request = { organizationId: actor.organizationId, id, patientId }
    const seal = (column: 'about' | 'wanted') => sealWords(context, tx, request, { column, text: asked[column] })
    const row = await tx
      .insertInto('privacy.amendment')
      .values({
        ...request,
        about: await seal('about'),
        wanted: await seal('wanted'),
        askedBy: actor.id,
        askedAt: now(),
        dueOn: now().toZonedDateTimeISO(zone).toPlainDate().add({ days: daysToAnswer }),
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    await audit(tx, actor, {
      action: 'create',
      resourceType: 'Communication',
      resourceId: id,
      patientId,
      fields: ['amendment'],
    })
    return amendmentView(context, tx, row)
  })
}
