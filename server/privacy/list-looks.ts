/** Gathers what staff looked at, with the signs of curiosity, for the privacy officer. */
import { sql } from 'kysely'
import { staffRoles, system, type Actor } from '../platform/actor.ts'
import { audit } from '../platform/audit.ts'
import type { Context } from '../platform/context.ts'
import { within, type Tx } from '../platform/db.ts'
import { readOrganization } from '../people/index.ts'
import { patientNames } from './patient-names.ts'
import { isTelling, signsOf } from './signs.ts'
import './tables.ts'

const defaultDays = 14
/** Looks that are weighed at once; the newest come first. */
const mostLooks = 5000

interface Row {
  day: Temporal.PlainDate
  personId: string
  personName: string | null
  role: string
  patientId: string
  familyName: string
  ownPatientIds: string[]
  sharesContact: boolean
  patientIsColleague: boolean
  hasVisitNear: boolean
  at: string[]
  recordsInAnHour: number
  outcome: string | null
  note: string | null
}

/** Looks of the last days that tell something, the most signs first. */
export async function listLooks({ db, now }: Context, actor: Actor, { days = defaultDays }: { days?: number }) {
  return within(db, system(actor.organizationId, 'access-log'), async (tx) => {
    await audit(tx, actor, { action: 'search', resourceType: 'AuditEvent', purpose: 'OPS' })
    const { zone } = await readOrganization(tx, actor.organizationId)
    const rows = await looks(tx, actor.organizationId, zone, now().subtract({ hours: 24 * days }))
    const telling = rows
      .map((row) => ({ row, signs: signsOf({ ...row, patientFamilyName: row.familyName, at: timesOf(row, zone) }) }))
      .filter(({ signs }) => isTelling(signs))
      .toSorted((one, other) => other.signs.length - one.signs.length)
    const named = await patientNames(
      tx,
      actor,
      telling.map(({ row }) => row.patientId),
    )
    return telling.map(({ row, signs }) => ({
      day: row.day.toString(),
      person: { id: row.personId, name: row.personName, role: row.role },
      mine: row.personId === actor.personId,
      patientId: row.patientId,
      patient: named.get(row.patientId) ?? { id: row.patientId, name: row.familyName, bornOn: null },
      times: row.at.length,
      signs,
      review: row.outcome === null ? null : { outcome: row.outcome, note: row.note },
    }))
  })
}

const timesOf = ({ at }: Row, zone: string) => at.map((text) => Temporal.Instant.from(text).toZonedDateTimeISO(zone))

async function looks(tx: Tx, organizationId: string, zone: string, since: Temporal.Instant): Promise<Row[]> {
  const { rows } = await sql<Row>`
    with look as (
      select (e.at at time zone ${zone})::date as day, replace(e.actor_id, 'person:', '')::uuid as person_id,
        max(e.actor_kind) as role, e.patient_id, json_agg(e.at order by e.at) as at
      from platform.audit_event e
      where e.organization_id = ${organizationId} and e.at >= ${since} and e.patient_id is not null
        and e.actor_kind = any(${[...staffRoles]}::text[]) and e.actor_id like 'person:%' and e.action = 'read'
        -- Corrections come to who answers them: nobody chose to look.
        and not (e.resource_type = 'Communication' and e.purpose = 'OPS' and 'amendment' = any(e.fields))
      group by 1, 2, e.patient_id
      order by 1 desc limit ${mostLooks}
    ), busy as (
      select person_id, day, max(records)::int as records_in_an_hour from (
        select replace(e.actor_id, 'person:', '')::uuid as person_id, (e.at at time zone ${zone})::date as day,
          count(distinct e.patient_id) as records
        from platform.audit_event e
        where e.organization_id = ${organizationId} and e.at >= ${since} and e.patient_id is not null
          and e.actor_kind = any(${[...staffRoles]}::text[]) and e.actor_id like 'person:%'
        group by 1, 2, date_trunc('hour', e.at)) an_hour
      group by person_id, day
    )
    select l.day, l.person_id, w.name as person_name, l.role, l.patient_id, p.family_name, l.at, b.records_in_an_hour,
      coalesce((select array_agg(a.patient_id) from people.patient_account a
        where a.organization_id = ${organizationId} and a.person_id = l.person_id and a.ended_at is null), '{}') as own_patient_ids,
      exists (select from people.patient_account a
        join people.patient_contact mine on mine.organization_id = a.organization_id and mine.patient_id = a.patient_id
        join people.patient_contact theirs on theirs.organization_id = mine.organization_id and theirs.kind = mine.kind
          and theirs.value = mine.value and theirs.patient_id = l.patient_id
        where a.organization_id = ${organizationId} and a.person_id = l.person_id and a.ended_at is null
          and a.patient_id <> l.patient_id) as shares_contact,
      exists (select from people.patient_account a
        join people.staff_role s on s.organization_id = a.organization_id and s.person_id = a.person_id and s.ended_at is null
        where a.organization_id = ${organizationId} and a.patient_id = l.patient_id and a.ended_at is null
          and a.person_id <> l.person_id) as patient_is_colleague,
      exists (select from scheduling.appointment v
        where v.organization_id = ${organizationId} and v.patient_id = l.patient_id
          and v.starts_at between l.day - 30 and l.day + 31) as has_visit_near,
      r.outcome, r.note
    from look l
    join people.patient p on p.organization_id = ${organizationId} and p.id = l.patient_id
    join busy b on b.person_id = l.person_id and b.day = l.day
    left join people.person w on w.organization_id = ${organizationId} and w.id = l.person_id
    left join privacy.look_review r on r.organization_id = ${organizationId} and r.person_id = l.person_id
      and r.patient_id = l.patient_id and r.looked_on = l.day`.execute(tx)
  return rows
}
