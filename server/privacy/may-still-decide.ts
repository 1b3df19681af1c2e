/** Whether who proposed or approved something still has the role in which they did: a decision goes with its role. */
import { sql } from 'kysely'
import { permissions } from '../platform/permissions.ts'

const deciders = [...permissions['retention.decide']]

/**
 * Of a row g of privacy.letting_go. A role that was taken and given again since is another one: what was decided in the first
 * does not come back with the second.
 */
export const mayStillDecide = (step: 'proposed' | 'approved') => sql<boolean>`exists (
  select from people.staff_role r
  join people.person p on p.organization_id = r.organization_id and p.id = r.person_id and p.ended_at is null
  where r.organization_id = g.organization_id and r.person_id = ${sql.ref(`g.${step}_by`)}
    and r.role = any (${deciders}) and r.ended_at is null and r.given_at <= ${sql.ref(`g.${step}_at`)})`
