/** Who was named to care for a patient and how the record was marked, with who said so and when it was over. */
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import { notFound } from '../../platform/errors.ts'
import type { RecordFlag } from './contract.ts'
import '../tables.ts'

interface MemberRow {
  id: string
  personId: string
  name: string | null
  since: Temporal.Instant
  by: string | null
  untilAt: Temporal.Instant | null
  endedAt: Temporal.Instant | null
  endedBy: string | null
  worksHere: boolean
}

interface FlagRow {
  id: string
  kind: RecordFlag
  since: Temporal.Instant
  by: string | null
  endedAt: Temporal.Instant | null
  endedBy: string | null
}

const mostShown = 200

/** Of the whole record, under each number that it has had. Refuses `not_found`. It is in the trail, and no look to judge. */
export async function showCareTeam({ db, now }: Context, actor: Actor, patientId: string) {
  const { organizationId } = actor
  const at = now()
  return within(db, actor, async (tx) => {
    const patient = await tx
      .selectFrom('people.patient')
      .where('organizationId', '=', organizationId)
      .where('id', '=', patientId)
      .select(['id', 'givenName', 'familyName', 'bornOn'])
      .executeTakeFirst()
    if (!patient) throw notFound('patient')
    await audit(tx, actor, {
      action: 'search',
      resourceType: 'CareTeam',
      resourceId: patientId,
      patientId,
      fields: ['name', 'bornOn'],
      purpose: 'OPS',
    })
    const ofRecord = sql`t.organization_id = ${organizationId}
      and t.patient_id = any (people.record_ids(${organizationId}::uuid, ${patientId}::uuid))`
    const nameOf = (column: string) =>
      sql`(select p.name from people.person p where p.organization_id = t.organization_id and 'person:' || p.id::text = ${sql.ref(`t.${column}`)})`
    const team = await sql<MemberRow>`
      select t.id, t.person_id, m.name, t.named_at as since, ${nameOf('named_by')} as by, t.until_at, t.ended_at,
        ${nameOf('ended_by')} as ended_by,
        m.ended_at is null and exists (select from people.staff_role r where r.organization_id = t.organization_id
          and r.person_id = t.person_id and r.ended_at is null) as works_here
      from people.care_team t join people.person m on m.organization_id = t.organization_id and m.id = t.person_id
      where ${ofRecord} order by t.ended_at desc nulls first, t.named_at desc, t.id limit ${mostShown}`.execute(tx)
    const flags = await sql<FlagRow>`
      select t.id, t.kind, t.set_at as since, ${nameOf('set_by')} as by, t.ended_at, ${nameOf('ended_by')} as ended_by
      from people.record_flag t
      where ${ofRecord} order by t.ended_at desc nulls first, t.set_at desc, t.id limit ${mostShown}`.execute(tx)
    const isAhead = (until: Temporal.Instant | null) => !until || Temporal.Instant.compare(until, at) > 0
    return {
      patient: {
        id: patient.id,
        name: `${patient.givenName} ${patient.familyName}`.trim(),
        bornOn: patient.bornOn?.toString() ?? null,
      },
      team: team.rows.map((row) => ({
        id: row.id,
        person: { id: row.personId, name: row.name ?? '' },
        mine: row.personId === actor.personId,
        since: row.since.toString(),
        by: row.by,
        holds: !row.endedAt && row.worksHere && isAhead(row.untilAt),
        until: row.untilAt?.toString() ?? null,
        endedAt: row.endedAt?.toString() ?? null,
        endedBy: row.endedBy,
      })),
      flags: flags.rows.map((row) => ({
        id: row.id,
        kind: row.kind,
        since: row.since.toString(),
        by: row.by,
        endedAt: row.endedAt?.toString() ?? null,
        endedBy: row.endedBy,
      })),
    }
  })
}
