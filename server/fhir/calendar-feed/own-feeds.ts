/** A clinician's own calendar addresses: made, listed, ended. */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import type { Language } from '../../platform/endpoint.ts'
import { forbidden, notFound } from '../../platform/errors.ts'
import { newId, newToken, sha256 } from '../../platform/ids.ts'
import '../../scheduling/tables.ts'
import '../tables.ts'

const personOf = ({ personId }: Actor) => {
  if (personId === undefined) throw forbidden()
  return personId
}

/** Gives the address, here and never again. Refuses a clinician whose day is not this colleague's as not found. */
export async function makeFeed(context: Context, actor: Actor, asked: { clinicianId: string; language: Language }) {
  const { organizationId } = actor
  const [id, token, personId] = [newId(), newToken('cal'), personOf(actor)]
  await within(context.db, actor, async (tx) => {
    const works = await tx
      .selectFrom('scheduling.worksWith')
      .where('organizationId', '=', organizationId)
      .where('personId', '=', personId)
      .where('practitionerId', '=', asked.clinicianId)
      .select('practitionerId')
      .executeTakeFirst()
    if (!works) throw notFound('clinician')
    await tx
      .insertInto('fhir.calendarFeed')
      .values({
        organizationId,
        id,
        personId,
        practitionerId: asked.clinicianId,
        language: asked.language,
        tokenHash: sha256(token),
        madeAt: context.now(),
      })
      .execute()
    await written(tx, actor, 'create', id)
  })
  return { id, url: `${context.config.publicUrl}/calendar/${token}.ics` }
}

export async function listFeeds({ db }: Context, actor: Actor) {
  const rows = await within(db, actor, (tx) =>
    tx
      .selectFrom('fhir.calendarFeed')
      .where('organizationId', '=', actor.organizationId)
      .where('personId', '=', personOf(actor))
      .where('endedAt', 'is', null)
      .select(['id', 'practitionerId', 'madeAt'])
      .orderBy('id')
      .limit(100)
      .execute(),
  )
  return rows.map(({ id, practitionerId, madeAt }) => ({ id, clinicianId: practitionerId, madeAt: madeAt.toString() }))
}

/** Of one's own alone; another's is not found. */
export async function endFeed({ db, now }: Context, actor: Actor, id: string) {
  await within(db, actor, async (tx) => {
    const ended = await tx
      .updateTable('fhir.calendarFeed')
      .set({ endedAt: now() })
      .where('organizationId', '=', actor.organizationId)
      .where('personId', '=', personOf(actor))
      .where('id', '=', id)
      .where('endedAt', 'is', null)
      .returning('id')
      .execute()
    if (ended.length === 0) throw notFound('calendar address')
    await written(tx, actor, 'delete', id)
  })
  return { id }
}

const written = (tx: Tx, actor: Actor, action: 'create' | 'delete', id: string) =>
  audit(tx, actor, { action, resourceType: 'CalendarFeed', resourceId: id, purpose: 'OPS' })
