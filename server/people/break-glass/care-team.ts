/** Colleagues named to care for a patient, and records marked because curiosity goes to them. */
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { invalid, notFound } from '../../platform/errors.ts'
import type { RecordFlag } from './contract.ts'
import '../tables.ts'

interface Member {
  personId: string
  held: boolean
  until?: string
}

/**
 * Named twice is named, until the later word. Refuses `not_found` for a patient that is not there or who does not work here,
 * `not_your_own` (whoever has two roles would open any record with it), and `until` that is over.
 */
export async function setCareTeam({ db, now }: Context, actor: Actor, patientId: string, member: Member) {
  const { organizationId } = actor
  const { personId, held } = member
  const untilAt = member.until === undefined ? null : Temporal.Instant.from(member.until)
  if (personId === actor.personId) throw invalid('not_your_own', 'Somebody else names you, or ends it.')
  if (held && untilAt && Temporal.Instant.compare(untilAt, now()) <= 0)
    throw invalid('until', 'Choose a day that is still to come.')
  await within(db, actor, async (tx) => {
    await knowPatient(tx, actor, patientId)
    // What somebody who left still has can be ended.
    if (held) await knowColleague(tx, actor, personId)
    await tx
      .updateTable('people.careTeam')
      .set({ endedAt: now(), endedBy: actor.id })
      .where('organizationId', '=', organizationId)
      .where(ofRecord(actor, patientId))
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
          untilAt,
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
    await knowPatient(tx, actor, patientId)
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
        .where(ofRecord(actor, patientId))
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

/** Under each number that the record has had. */
const ofRecord = ({ organizationId }: Actor, patientId: string) =>
  sql<boolean>`patient_id = any (people.record_ids(${organizationId}::uuid, ${patientId}::uuid))`

async function knowPatient(tx: Tx, { organizationId }: Actor, id: string) {
  const found = await tx
    .selectFrom('people.patient')
    .where('organizationId', '=', organizationId)
    .where('id', '=', id)
    .select('id')
    .executeTakeFirst()
  if (!found) throw notFound('patient')
}

/** Who holds a role here: the account of a patient, or of who left, is no colleague's. */
async function knowColleague(tx: Tx, { organizationId }: Actor, personId: string) {
  const found = await tx
    .selectFrom('people.staffRole as r')
    .innerJoin('people.person as p', (on) =>
      on.onRef('p.organizationId', '=', 'r.organizationId').onRef('p.id', '=', 'r.personId'),
    )
    .where('r.organizationId', '=', organizationId)
    .where('r.personId', '=', personId)
    .where('r.endedAt', 'is', null)
    .where('p.endedAt', 'is', null)
    .select('r.id')
    .executeTakeFirst()
  if (!found) throw notFound('colleague')
}
