/** Which clinicians and places are shown: those that are active. Public facts, the same for every actor, so no audit rows. */
import type { Actor } from '../platform/actor.ts'
import type { Tx } from '../platform/db.ts'
import './tables.ts'

/** The clinicians `p` who work here. */
export function visiblePractitioners(tx: Tx, actor: Actor) {
  return tx
    .selectFrom('directory.practitioner as p')
    .where('p.organizationId', '=', actor.organizationId)
    .where('p.active', '=', true)
}

/** Clinicians at places: roles `r` at locations `l`, both active. */
export function visibleRoles(tx: Tx, actor: Actor) {
  return tx
    .selectFrom('directory.practitionerRole as r')
    .innerJoin('directory.location as l', (join) =>
      join.onRef('l.organizationId', '=', 'r.organizationId').onRef('l.id', '=', 'r.locationId'),
    )
    .where('r.organizationId', '=', actor.organizationId)
    .where('r.active', '=', true)
    .where('l.active', '=', true)
}
