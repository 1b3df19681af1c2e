/** HealthcareService: a specialty at a place, with the kinds of visit that can be booked in it. Id: place, dot, specialty. */
import { sql } from 'kysely'
import { specialtyView } from '../../directory/index.ts'
import { notFound } from '../../platform/errors.ts'
import { isId } from '../../platform/ids.ts'
import { amongTexts, codesOf, counted, howMany, pageOf, among, type Asking, type Kind } from './kind.ts'
import { specialtyConcept } from './offered.ts'
import { claims, delivered, newPatients, outpatient, planNet } from '../wire/plan-net.ts'
import type { Query } from '../wire/query.ts'
import { concept, reference, systems, visitTypes, type Resource } from '../wire/resource.ts'

export const healthcareServices: Kind = {
  type: 'HealthcareService',
  profile: planNet.healthcareService,
  isPublic: true,
  parameters: [
    { name: '_id', type: 'token' },
    { name: 'location', type: 'reference' },
    { name: 'specialty', type: 'token', documentation: 'NUCC taxonomy.' },
  ],
  async search(asking, query) {
    const rows = filtered(asking, query)
    const page = pageOf(
      await rows
        .$if(query.after !== undefined, (rest) => rest.where('s.id', '>', query.after?.id ?? ''))
        .selectAll('s')
        .orderBy('s.id')
        .limit(query.count + 1)
        .execute(),
      query.count,
      ({ id }) => ['-', id],
    )
    const matches = page.shown.map((row) => resourceOf(asking, row))
    return { matches, after: page.after, total: await counted(query, rows.select(howMany)) }
  },
  async read(asking, id) {
    const row = await all(asking).where('s.id', '=', id).selectAll('s').executeTakeFirst()
    if (!row) throw notFound('HealthcareService')
    return resourceOf(asking, row)
  },
}

/** The service of this specialty at this place. */
export const serviceId = (locationId: string, specialty: string) => `${locationId}.${specialty}`

interface Row {
  id: string
  locationId: string
  specialty: string
  placeName: string
  phone: string | null
  acceptsNew: boolean
  inPerson: boolean
  video: boolean
  /** Code and English name. */
  visits: [string, string][] | null
}

function all({ tx, actor }: Asking) {
  const { organizationId } = actor
  return tx.selectFrom(
    sql<Row>`(
      select l.id::text || '.' || w.specialty as id, l.id as location_id, w.specialty, l.name as place_name, l.phone,
        bool_or(r.accepts_new) as accepts_new, bool_or(r.in_person) as in_person, bool_or(r.video) as video,
        (select json_agg(distinct array[v.code, coalesce(v.name ->> 'en', v.code)]) from scheduling.offering o
          join scheduling.visit_type v on v.organization_id = o.organization_id and v.id = o.visit_type_id and v.active
          where o.organization_id = ${organizationId} and o.active and o.practitioner_role_id = any (array_agg(r.id))) as visits
      from directory.practitioner_role r
      join directory.practitioner p on p.organization_id = r.organization_id and p.id = r.practitioner_id and p.active
      join directory.location l on l.organization_id = r.organization_id and l.id = r.location_id and l.active
      cross join unnest(r.specialties) w(specialty)
      where r.organization_id = ${organizationId} and r.active
      group by l.id, l.name, l.phone, w.specialty
    )`.as('s'),
  )
}

function filtered(asking: Asking, query: Query) {
  let rows = all(asking)
  const ids = query.one('_id')
  if (ids) rows = rows.where('s.id', '=', amongTexts(ids))
  const places = query.ids('location', 'Location')
  if (places) rows = rows.where('s.locationId', '=', among(places.filter(isId)))
  const specialties = query.tokens('specialty')
  if (specialties) rows = rows.where('s.specialty', '=', amongTexts(codesOf(specialties, systems.specialty)))
  return rows
}

const resourceOf = ({ actor, base }: Asking, row: Row): Resource => ({
  resourceType: 'HealthcareService',
  id: row.id,
  ...claims(planNet.healthcareService),
  extension: [
    newPatients(row.acceptsNew),
    ...(row.inPerson ? [delivered('in_person')] : []),
    ...(row.video ? [delivered('video')] : []),
  ],
  active: true,
  providedBy: reference('Organization', actor.organizationId),
  category: [outpatient],
  ...(row.visits !== null && {
    type: row.visits.map(([code, name]) => concept({ system: visitTypes(base), code, display: name }, name)),
  }),
  specialty: [specialtyConcept(row.specialty)],
  location: [reference('Location', row.locationId, row.placeName)],
  name: `${specialtyView(row.specialty, 'en').name}, ${row.placeName}`,
  ...(row.phone !== null && { telecom: [{ system: 'phone', value: row.phone }] }),
})
