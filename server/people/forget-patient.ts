/** A patient whose record is let go: what we know them by, who may act for them, and the account that opened nothing else. */
import { sql } from 'kysely'
import type { Forgetter, Leaving } from '../platform/forget.ts'
import './tables.ts'

export const peopleForgetter: Forgetter = {
  async atSignIn(tx, { organizationId: o, patientId, personIds, at }) {
    const persons = sql`${`{${personIds.join(',')}}`}::uuid[]`
    await sql`delete from people.session where organization_id = ${o} and (person_id = any(${persons}) or acting_for = ${patientId})`.execute(
      tx,
    )
    await sql`delete from people.ceremony where organization_id = ${o} and person_id = any(${persons})`.execute(tx)
    await sql`delete from people.recovery_code where organization_id = ${o} and person_id = any(${persons})`.execute(tx)
    await sql`delete from people.totp where organization_id = ${o} and person_id = any(${persons})`.execute(tx)
    await sql`delete from people.password where organization_id = ${o} and person_id = any(${persons})`.execute(tx)
    await sql`delete from people.passkey where organization_id = ${o} and person_id = any(${persons})`.execute(tx)
    await sql`delete from people.login_name where organization_id = ${o} and person_id = any(${persons})`.execute(tx)
    // The row stays without a name: the trail speaks of its id.
    await sql`update people.person set name = null, ended_at = coalesce(ended_at, ${at}), ended_by = coalesce(ended_by, 'system:retention')
      where organization_id = ${o} and id = any(${persons})`.execute(tx)
  },

  async work(tx, { organizationId: o, patientId: p, personIds }: Leaving) {
    const persons = sql`${`{${personIds.join(',')}}`}::uuid[]`
    await sql`delete from people.contact_code c using people.patient_contact t where c.organization_id = ${o} and t.organization_id = ${o}
      and t.patient_id = ${p} and c.kind = t.kind and c.value = t.value`.execute(tx)
    await sql`delete from people.proxy_request r using people.patient p where r.organization_id = ${o} and p.organization_id = ${o} and p.id = ${p}
      and (r.person_id = any(${persons}) or (r.born_on = p.born_on and lower(r.family_name) = lower(p.family_name)))`.execute(
      tx,
    )
    await sql`update people.match_review set candidate_ids = array_remove(candidate_ids, ${p}::uuid)
      where organization_id = ${o} and ${p}::uuid = any(candidate_ids)`.execute(tx)
    await sql`delete from people.match_review where organization_id = ${o} and patient_id = ${p}`.execute(tx)
    // What was merged leaves together: the time of each is that of all.
    const merges = sql`(select id from people.merge where organization_id = ${o} and ${p} in (survivor_id, absorbed_id, record_id))`
    await sql`delete from people.merge_proxy where organization_id = ${o} and (merge_id in ${merges}
      or grant_id in (select id from people.proxy_grant where organization_id = ${o} and patient_id = ${p}))`.execute(
      tx,
    )
    await sql`delete from people.merge where organization_id = ${o} and id in ${merges}`.execute(tx)
    await sql`delete from people.support where organization_id = ${o} and patient_id = ${p}`.execute(tx)
    await sql`delete from people.break_glass where organization_id = ${o} and patient_id = ${p}`.execute(tx)
    await sql`delete from people.record_flag where organization_id = ${o} and patient_id = ${p}`.execute(tx)
    await sql`delete from people.care_team where organization_id = ${o} and patient_id = ${p}`.execute(tx)
    await sql`delete from people.proxy_grant where organization_id = ${o} and patient_id = ${p}`.execute(tx)
    await sql`delete from people.invitation where organization_id = ${o} and patient_id = ${p}`.execute(tx)
    await sql`delete from people.patient_account where organization_id = ${o} and patient_id = ${p}`.execute(tx)
    await sql`delete from people.patient_word where organization_id = ${o} and patient_id = ${p}`.execute(tx)
    await sql`delete from people.patient_identifier where organization_id = ${o} and patient_id = ${p}`.execute(tx)
    await sql`delete from people.patient_contact where organization_id = ${o} and patient_id = ${p}`.execute(tx)
    await sql`delete from people.patient where organization_id = ${o} and id = ${p}`.execute(tx)
  },
}
