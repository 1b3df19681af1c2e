/** Whom and what a rule names is this organization's own. */
import type { Tx } from '../../platform/db.ts'
import { notFound } from '../../platform/errors.ts'
import type { Wish } from './wish.ts'
import '../tables.ts'

/** Refuses `not_found` for a place, a clinician or a visit type, in the scope or the settings, that is not here. */
export async function refuseUnknown(
  tx: Tx,
  organizationId: string,
  { scope, settings }: Pick<Wish, 'scope' | 'settings'>,
) {
  const known = [
    ...(scope.placeId === null ? [] : [isHere(tx, 'directory.location', organizationId, scope.placeId)]),
    ...(scope.clinicianId === null ? [] : [isHere(tx, 'directory.practitioner', organizationId, scope.clinicianId)]),
    ...[scope.visitTypeId, ...visitTypesIn(settings)].flatMap((id) =>
      id === null ? [] : [isHere(tx, 'scheduling.visitType', organizationId, id)],
    ),
  ]
  if ((await Promise.all(known)).includes(false)) throw notFound('place, clinician or visit type')
}

function visitTypesIn(settings: Wish['settings']): string[] {
  if (settings === null) return []
  if ('forVisitTypeId' in settings) return [settings.forVisitTypeId]
  return 'firstVisitTypeId' in settings ? [settings.firstVisitTypeId, settings.thenVisitTypeId] : []
}

type Named = 'directory.location' | 'directory.practitioner' | 'scheduling.visitType'

async function isHere(tx: Tx, table: Named, organizationId: string, id: string): Promise<boolean> {
  const row = await tx
    .selectFrom(table)
    .where('organizationId', '=', organizationId)
    .where('id', '=', id)
    .select('id')
    .executeTakeFirst()
  return row !== undefined
}
