/** PractitionerRole: a clinician at a place, and what they treat there. */
import { sql } from 'kysely'
import { visibleRoles } from '../../directory/index.ts'
import { notFound } from '../../platform/errors.ts'
import { isId } from '../../platform/ids.ts'
import { among, codesOf, counted, howMany, pageOf, type Asking, type Kind } from './kind.ts'
import { locationsByIds } from './locations.ts'
import { specialtyConcept } from './offered.ts'
import { npisOf, practitionersByIds } from './practitioners.ts'
import type { Query } from '../wire/query.ts'
import { reference, systems, type Resource } from '../wire/resource.ts'

export const practitionerRoles: Kind = {
  type: 'PractitionerRole',
  parameters: [
    { name: '_id', type: 'token' },
    { name: 'practitioner', type: 'reference' },
    { name: 'practitioner.identifier', type: 'token', documentation: 'The NPI.' },
    { name: 'location', type: 'reference' },
    { name: 'specialty', type: 'token', documentation: 'NUCC taxonomy.' },
  ],
  includes: ['PractitionerRole:practitioner', 'PractitionerRole:location'],
  async search(asking, query) {
    const rows = filtered(asking, query)
    const page = pageOf(
      await rows
        .$if(query.after !== undefined, (rest) => rest.where('r.id', '>', query.after?.id ?? ''))
        .select(['r.id', 'r.practitionerId', 'r.locationId', 'r.specialties', 'r.active', 'l.name as placeName'])
        .orderBy('r.id')
        .limit(query.count + 1)
        .execute(),
      query.count,
      ({ id }) => ['-', id],
    )
    const ids = (of: 'practitionerId' | 'locationId') => page.shown.map((row) => row[of])
    const included = await Promise.all([
      query.includes('practitioner') ? practitionersByIds(asking, ids('practitionerId')) : [],
      query.includes('location') ? locationsByIds(asking, ids('locationId')) : [],
    ])
    return {
      matches: page.shown.map((row) => resourceOf(asking, row)),
      included: included.flat(),
      after: page.after,
      total: await counted(query, rows.select(howMany)),
    }
  },
  async read(asking, id) {
    const row = isId(id)
      ? await visibleRoles(asking.tx, asking.actor)
          .where('r.id', '=', id)
          .select(['r.id', 'r.practitionerId', 'r.locationId', 'r.specialties', 'r.active', 'l.name as placeName'])
          .executeTakeFirst()
      : undefined
    if (!row) throw notFound('PractitionerRole')
    return resourceOf(asking, row)
  },
}

function filtered({ tx, actor }: Asking, query: Query) {
  let rows = visibleRoles(tx, actor)
  const ids = query.ids('_id', 'PractitionerRole')
  if (ids) rows = rows.where('r.id', '=', among(ids))
  const who = query.ids('practitioner', 'Practitioner')
  if (who) rows = rows.where('r.practitionerId', '=', among(who))
  const where = query.ids('location', 'Location')
  if (where) rows = rows.where('r.locationId', '=', among(where))
  const npis = query.tokens('practitioner.identifier')
  if (npis)
    rows =
      rows.where(sql<boolean>`exists (select from directory.practitioner p where p.organization_id = r.organization_id
      and p.id = r.practitioner_id and p.npi = any(${npisOf(npis)}::text[]))`)
  const specialties = query.tokens('specialty')
  if (specialties) rows = rows.where(sql<boolean>`r.specialties && ${codesOf(specialties, systems.specialty)}::text[]`)
  return rows
}

interface Row {
  id: string
  practitionerId: string
  locationId: string
  specialties: string[]
  active: boolean
  placeName: string
}

const resourceOf = ({ actor }: Asking, row: Row): Resource => ({
  resourceType: 'PractitionerRole',
  id: row.id,
  active: row.active,
  practitioner: reference('Practitioner', row.practitionerId),
  organization: reference('Organization', actor.organizationId),
  ...(row.specialties.length > 0 && { specialty: row.specialties.map(specialtyConcept) }),
  location: [reference('Location', row.locationId, row.placeName)],
})
