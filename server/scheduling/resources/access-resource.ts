/** One room, device or interpreter of the actor's organization. */
import type { Actor } from '../../platform/actor.ts'
import type { Tx } from '../../platform/db.ts'
import { notFound } from '../../platform/errors.ts'
import '../tables.ts'

/** Refuses `not_found`. */
export async function accessResource(tx: Tx, { organizationId }: Actor, id: string) {
  const resource = await tx
    .selectFrom('scheduling.resource')
    .where('organizationId', '=', organizationId)
    .where('id', '=', id)
    .selectAll()
    .executeTakeFirst()
  if (!resource) throw notFound('room')
  return resource
}
