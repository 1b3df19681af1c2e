/** Rooms, devices and interpreters as the clinic has them: what they are good for, their hours, and what visits need. */
import type { Tx } from '../../platform/db.ts'
import { invalid } from '../../platform/errors.ts'
import type { WeeklyHours } from '../set-up.ts'
import type { Modality, ResourceKind } from './pools.ts'

export interface ResourceFacts {
  kind: ResourceKind
  name: string
  /** Where it is; an interpreter by phone or video serves every place. */
  locationId?: string | null | undefined
  /** IANA name; that of the place when there is one. */
  zone: string
  features: readonly string[]
  modality?: Modality | null | undefined
  /** None: whenever the place is open. */
  hours?: readonly WeeklyHours[] | undefined
}

/** Makes a resource, or brings the one of this kind and name up to date; gives its id. Reindex who shares it afterwards. */
export async function saveResource(tx: Tx, organizationId: string, facts: ResourceFacts): Promise<string> {
  const { hours = [], locationId = null, modality = null, features, ...rest } = facts
  if (rest.kind !== 'interpreter' && locationId === null)
    throw invalid('place_missing', 'Say at which place this room or device is.')
  const values = { organizationId, ...rest, locationId, modality, features: [...new Set(features)], active: true }
  const { id } = await tx
    .insertInto('scheduling.resource')
    .values(values)
    .onConflict((same) => same.constraint('one_resource_a_name').doUpdateSet(values))
    .returning('id')
    .executeTakeFirstOrThrow()
  await tx
    .deleteFrom('scheduling.resourceRule')
    .where('organizationId', '=', organizationId)
    .where('resourceId', '=', id)
    .execute()
  if (hours.length > 0)
    await tx
      .insertInto('scheduling.resourceRule')
      .values(
        hours.map((one) => ({
          organizationId,
          resourceId: id,
          validFrom: Temporal.PlainDate.from('2000-01-01'),
          ...one,
        })),
      )
      .execute()
  return id
}

export interface VisitNeed {
  kind: 'room' | 'device'
  features: readonly string[]
}

/** What a visit of this type needs beside its clinician, instead of what it needed. Reindex who offers it afterwards. */
export async function setNeeds(tx: Tx, organizationId: string, visitTypeId: string, needs: readonly VisitNeed[]) {
  await tx
    .deleteFrom('scheduling.visitNeed')
    .where('organizationId', '=', organizationId)
    .where('visitTypeId', '=', visitTypeId)
    .execute()
  if (needs.length > 0)
    await tx
      .insertInto('scheduling.visitNeed')
      .values(needs.map(({ kind, features }) => ({ organizationId, visitTypeId, kind, features: [...features] })))
      .execute()
}

/** How many patients come to a visit of this type together. Reindex who offers it afterwards. */
export async function setSeats(tx: Tx, organizationId: string, visitTypeId: string, seats: number) {
  await tx
    .updateTable('scheduling.visitType')
    .set({ seats })
    .where('organizationId', '=', organizationId)
    .where('id', '=', visitTypeId)
    .execute()
}
