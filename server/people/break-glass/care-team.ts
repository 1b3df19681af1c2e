/** Colleagues named to care for a patient, and records marked because curiosity goes to them. */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { notFound } from '../../platform/errors.ts'
import type { RecordFlag } from './tables.ts'
import '../tables.ts'

interface Member {
  personId: string
  held: boolean
  until?: string
}

/** Named twice is named, until the later word. Refuses `not_found` for a patient or a colleague that is not there. */
export async function setCareTeam({ db, now }: Context, actor: Actor, patientId: string, member: Member) {
  const { organizationId } = actor
  const { personId, held, until } = member
  await within(db, actor, async (tx) => {
    await know(tx, actor, 'people.patient', patientId)
    await know(tx, actor, 'people.person', personId)
    await tx
      .updateTable('people.careTeam')
      .set({ endedAt: now(), endedBy: actor.id })
      .where('organizationId', '=', organizationId)
      .where('patientId', '=', patientId)
      .where('personId', '=', personId)
      .where('endedAt', 'is', null)
      .execute()
    if (held)
      await tx
        .insertInto('people.careTeam')
        .values({
          organizationId,
          patientId,
          personId,
          namedAt: now(),
          namedBy: actor.id,
          untilAt: until === undefined ? null : Temporal.Instant.from(until),
        })
        .execute()
    await audit(tx, actor, {
      action: 'update',
      resourceType: 'CareTeam',
      resourceId: personId,
      patientId,
      purpose: 'OPS',
    })
  })
}

/** Refuses `not_found`. Marked twice is marked. */
export async function setRecordFlag(
  { db, now }: Context,
  actor: Actor,
  patientId: string,
  { kind, held }: { kind: RecordFlag; held: boolean },
) {
  const { organizationId } = actor
  await within(db, actor, async (tx) => {
    await know(tx, actor, 'people.patient', patientId)
    if (held)
      await tx
        .insertInto('people.recordFlag')
        .values({ organizationId, patientId, kind, setAt: now(), setBy: actor.id })
        .onConflict((same) => same.doNothing())
        .execute()
    else
      await tx
        .updateTable('people.recordFlag')
        .set({ endedAt: now(), endedBy: actor.id })
        .where('organizationId', '=', organizationId)
        .where('patientId', '=', patientId)
        .where('kind', '=', kind)
        .where('endedAt', 'is', null)
        .execute()
    await audit(tx, actor, {
      action: 'update',
      resourceType: 'RecordFlag',
      resourceId: kind,
      patientId,
      purpose: 'OPS',
    })
  })
}

/** That there is such a row in the organization, and no more of it. */
async function know(tx: Tx, { organizationId }: Actor, table: 'people.patient' | 'people.person', id: string) {
  const found = await tx
    .selectFrom(table)
    .where('organizationId', '=', organizationId)
    .where('id', '=', id)
    .select('id')
    .executeTakeFirst()
  if (!found) throw notFound(table === 'people.patient' ? 'patient' : 'colleague')
}
