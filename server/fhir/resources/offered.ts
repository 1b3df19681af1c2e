/** An offering of scheduling in FHIR's words: what is offered, by whom, where. Shared by Schedule, Slot and Appointment. */
import { sql } from 'kysely'
import { offeringsInFull } from '../../scheduling/index.ts'
import { specialtyView, spokenName } from '../../directory/index.ts'
import type { Asking } from './kind.ts'
import { concept, reference, systems, visitTypes } from '../wire/resource.ts'

/** Offerings with their clinician, place and specialties; ended ones too, as old visits refer to them. */
export function offered({ tx, actor }: Pick<Asking, 'tx' | 'actor'>) {
  return offeringsInFull(tx, actor.organizationId)
    .innerJoin('directory.practitionerRole as r', (join) =>
      join.onRef('r.organizationId', '=', 'o.organizationId').onRef('r.id', '=', 'o.practitionerRoleId'),
    )
    .select([
      'o.practitionerRoleId',
      'o.visitTypeId',
      'o.minNoticeMinutes',
      'o.horizonDays',
      'o.active',
      'r.specialties',
    ])
}
export type Offered = Awaited<ReturnType<ReturnType<typeof offered>['executeTakeFirstOrThrow']>>

/** Those of these ids, by id. */
export async function offeredByIds(asking: Asking, ids: readonly string[]): Promise<Map<string, Offered>> {
  if (ids.length === 0) return new Map()
  const rows = await offered(asking)
    .where('o.id', '=', sql<string>`any(${[...new Set(ids)]}::uuid[])`)
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** The elements that Schedule, Slot and Appointment have in common. */
export function service(row: Offered, base: string) {
  const name = row.visitName.en ?? row.visitName.es ?? row.code
  const category =
    row.mode === 'video'
      ? { system: systems.actCode, code: 'VR', display: 'virtual' }
      : { system: systems.actCode, code: 'AMB', display: 'ambulatory' }
  return {
    serviceCategory: [concept(category)],
    serviceType: [concept({ system: visitTypes(base), code: row.code, display: name }, name)],
    ...(row.specialties.length > 0 && { specialty: row.specialties.map(specialtyConcept) }),
  }
}

export function specialtyConcept(code: string) {
  const { name } = specialtyView(code, 'en')
  return concept({ system: systems.specialty, code }, name === code ? undefined : name)
}

export const clinicianReference = (row: Offered) => reference('Practitioner', row.practitionerId, spokenName(row))
export const placeReference = (row: Offered) => reference('Location', row.locationId, row.placeName)
