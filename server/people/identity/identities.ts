/** What the patients of these ids are compared by, for those who may see them. */
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db.ts'
import { visiblePatients } from '../access.ts'
import type { Identity } from './score.ts'

/** By id; one query. Whoever shows what follows from it audits that. */
export async function identitiesOf(tx: Tx, actor: Actor, ids: readonly string[]): Promise<Map<string, Identity>> {
  if (ids.length === 0) return new Map()
  const rows = await visiblePatients(tx, actor)
    .where('p.id', '=', sql<string>`any(${[...new Set(ids)]}::uuid[])`)
    .select([
      'p.id',
      'p.givenName',
      'p.familyName',
      'p.bornOn',
      'p.gender',
      sql<Identity['contacts']>`coalesce((select json_agg(json_build_object('kind', c.kind, 'value', c.value))
        from people.patient_contact c where c.organization_id = p.organization_id and c.patient_id = p.id), '[]')`.as(
        'contacts',
      ),
    ])
    .execute()
  return new Map(rows.map(({ id, ...identity }) => [id, identity]))
}
