/** Patients of an organization who could be the person who was just met: same or near birth date, or same phone or email. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import type { Contact } from './contact/address.ts'
import { nearBirthDates } from './identity/birth-date.ts'
import './tables.ts'

/** More people than share a birthday in a very large clinic; those who share the contact come first, those born near last. */
const mostCandidates = 1000

export interface Met {
  bornOn: Temporal.PlainDate
  contacts: readonly Contact[]
}

/** The candidates with all that they are compared by. In a role that may read every patient of the organization. */
export async function candidatesFor(tx: Tx, organizationId: string, { bornOn, contacts }: Met) {
  const values = contacts.map(({ value }) => value)
  const near = nearBirthDates(bornOn).map(String)
  return tx
    .with('near', (of) =>
      of
        .selectFrom('people.patientContact')
        .where('organizationId', '=', organizationId)
        .where('value', '=', sql<string>`any(${values}::text[])`)
        .select(['patientId as id', sql<number>`0`.as('rank')])
        .unionAll(
          of
            .selectFrom('people.patient')
            .where('organizationId', '=', organizationId)
            .where('bornOn', '=', bornOn)
            .select(['id', sql<number>`1`.as('rank')]),
        )
        .unionAll(
          of
            .selectFrom('people.patient')
            .where('organizationId', '=', organizationId)
            .where('bornOn', '=', sql<Temporal.PlainDate>`any(${near}::date[])`)
            .select(['id', sql<number>`2`.as('rank')]),
        ),
    )
    .selectFrom((of) =>
      of
        .selectFrom('near')
        .select((n) => ['id', n.fn.min<number>('rank').as('rank')])
        .groupBy('id')
        .as('n'),
    )
    .innerJoin('people.patient as p', (on) => on.onRef('p.id', '=', 'n.id').on('p.organizationId', '=', organizationId))
    .select([
      'p.id',
      'p.givenName',
      'p.familyName',
      'p.preferredName',
      'p.bornOn',
      'p.diedAt',
      'p.gender',
      sql<Contact[]>`coalesce((select json_agg(json_build_object('kind', c.kind, 'value', c.value))
        from people.patient_contact c where c.organization_id = p.organization_id and c.patient_id = p.id), '[]')`.as(
        'contacts',
      ),
    ])
    .orderBy('n.rank')
    .orderBy('p.id')
    .limit(mostCandidates)
    .execute()
}
