/** Feeds the directory from FHIR: Organization, Location, Practitioner, PractitionerRole (plain R4, US Core or Plan-Net). */
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { rowIdOf, type Received, type Waiting } from '../record/index.ts'
import { isNpi } from './npi.ts'
import { zoneOfPlace } from './places.ts'
import * as fhir from './from-fhir.ts'
import './tables.ts'

/** Writes what is the directory's; says which roles wait for their practitioner or place. Idempotent. */
export async function feedDirectory(tx: Tx, organizationId: string, received: readonly Received[]): Promise<Waiting[]> {
  const of = (type: string) => received.filter((one) => one.resource.resourceType === type)
  await feedOrganizations(tx, organizationId, of('Organization'))
  await feedLocations(tx, organizationId, of('Location'))
  await feedPractitioners(tx, organizationId, of('Practitioner'))
  return feedRoles(tx, organizationId, of('PractitionerRole'))
}

async function feedOrganizations(tx: Tx, organizationId: string, received: readonly Received[]) {
  const rows = received.map(({ resource, targets }) => {
    const read = fhir.organization(resource)
    const parent = targets.of(read.partOf)
    return {
      id: rowIdOf(organizationId, 'Organization', resource.id),
      kind: read.kind,
      name: read.name,
      phone: read.phone,
      part_of_id: parent ? rowIdOf(organizationId, 'Organization', parent.id) : null,
      active: read.active,
    }
  })
  if (rows.length === 0) return
  await sql`
    insert into directory.affiliate (organization_id, id, kind, name, phone, part_of_id, active)
    select ${organizationId}, r.* from json_to_recordset(${JSON.stringify(rows)}::json)
      as r(id uuid, kind text, name text, phone text, part_of_id uuid, active boolean)
    on conflict (organization_id, id) do update set kind = excluded.kind, name = excluded.name, phone = excluded.phone,
      part_of_id = excluded.part_of_id, active = excluded.active`.execute(tx)
}

async function feedLocations(tx: Tx, organizationId: string, received: readonly Received[]) {
  const rows = received.map(({ resource }) => {
    const read = fhir.location(resource)
    const zone = zoneOfPlace(read) ?? null
    return {
      id: rowIdOf(organizationId, 'Location', resource.id),
      ...read,
      zone,
      address_lines: read.lines,
      hours: JSON.stringify(read.hours),
    }
  })
  if (rows.length === 0) return
  // A place whose zone can not be told from its address keeps the organization's.
  await sql`
    insert into directory.location (organization_id, id, name, phone, address_lines, city, state, postcode, latitude, longitude, zone, hours, active)
    select ${organizationId}, r.id, r.name, r.phone, array(select json_array_elements_text(r.address_lines)), r.city, r.state, r.postcode,
      r.latitude, r.longitude, coalesce(r.zone, g.zone), r.hours::jsonb, r.active
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, name text, phone text, address_lines json, city text, state text,
      postcode text, latitude float8, longitude float8, zone text, hours text, active boolean)
    join people.organization g on g.id = ${organizationId}
    on conflict (organization_id, id) do update set name = excluded.name, phone = excluded.phone, address_lines = excluded.address_lines,
      city = excluded.city, state = excluded.state, postcode = excluded.postcode, latitude = excluded.latitude,
      longitude = excluded.longitude, zone = excluded.zone, hours = excluded.hours, active = excluded.active`.execute(
    tx,
  )
}

async function feedPractitioners(tx: Tx, organizationId: string, received: readonly Received[]) {
  const rows = received.map(({ resource }) => {
    const { languages, ...read } = fhir.practitioner(resource)
    return {
      id: rowIdOf(organizationId, 'Practitioner', resource.id),
      ...read,
      npi_valid: read.npi !== null && isNpi(read.npi),
      languages: `{${languages.join(',')}}`,
    }
  })
  if (rows.length === 0) return
  // Two people with one NPI can not both be right: the first keeps it.
  await sql`
    insert into directory.practitioner (organization_id, id, npi, npi_valid, given_name, family_name, prefix, credentials, search_name, gender, languages, active)
    select distinct on (coalesce(r.npi, r.id::text)) ${organizationId}::uuid, r.id,
      case when exists (select from directory.practitioner p where p.organization_id = ${organizationId} and p.npi = r.npi and p.id <> r.id) then null else r.npi end,
      r.npi_valid, r.given_name, r.family_name, r.prefix, r.credentials, r.search_name, r.gender, r.languages, r.active
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, npi text, npi_valid boolean, given_name text, family_name text,
      prefix text, credentials text, search_name text, gender text, languages text[], active boolean)
    on conflict (organization_id, id) do update set npi = excluded.npi, npi_valid = excluded.npi_valid, given_name = excluded.given_name,
      family_name = excluded.family_name, prefix = excluded.prefix, credentials = excluded.credentials,
      search_name = excluded.search_name, gender = excluded.gender, languages = excluded.languages, active = excluded.active`.execute(
    tx,
  )
  const ids = rows.map(({ id }) => id)
  await sql`delete from directory.practitioner_word where organization_id = ${organizationId} and practitioner_id = any(${ids}::uuid[])`.execute(
    tx,
  )
  await sql`
    insert into directory.practitioner_word (organization_id, word, practitioner_id)
    select p.organization_id, w.word, p.id from directory.practitioner p, unnest(string_to_array(p.search_name, ' ')) as w(word)
    where p.organization_id = ${organizationId} and p.id = any(${ids}::uuid[]) and w.word <> '' on conflict do nothing`.execute(
    tx,
  )
}

async function feedRoles(tx: Tx, organizationId: string, received: readonly Received[]): Promise<Waiting[]> {
  const waiting: Waiting[] = []
  const rows = received.flatMap(({ resource, targets }) => {
    const read = fhir.practitionerRole(resource)
    const practitioner = targets.of(read.practitioner, 'Practitioner')
    const places = read.locations.map((one) => targets.of(one, 'Location'))
    const wait = (reference: string) => waiting.push({ type: 'PractitionerRole', fhirId: resource.id, reference })
    if (!practitioner) wait(read.practitioner?.reference ?? 'practitioner')
    return places.flatMap((place, index) => {
      if (!place) wait(read.locations[index]?.reference ?? 'location')
      if (!practitioner || !place) return []
      return [
        {
          id: rowIdOf(organizationId, 'PractitionerRole', places.length > 1 ? `${resource.id}#${index}` : resource.id),
          fhir_id: resource.id,
          practitioner_id: rowIdOf(organizationId, 'Practitioner', practitioner.id),
          location_id: rowIdOf(organizationId, 'Location', place.id),
          practitioner: `Practitioner/${practitioner.id}`,
          location: `Location/${place.id}`,
          specialties: `{${read.specialties.join(',')}}`,
          accepts_new: read.acceptsNew,
          video: read.video,
          active: read.active,
        },
      ]
    })
  })
  if (rows.length === 0) return waiting
  const { rows: unmet } = await sql<{ fhirId: string; reference: string }>`
    with asked as (
      select r.*, p.id is null as no_practitioner, l.id is null as no_place
      from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, fhir_id text, practitioner_id uuid, location_id uuid,
        practitioner text, location text, specialties text[], accepts_new boolean, video boolean, active boolean)
      left join directory.practitioner p on p.organization_id = ${organizationId} and p.id = r.practitioner_id
      left join directory.location l on l.organization_id = ${organizationId} and l.id = r.location_id
    ), written as (
      insert into directory.practitioner_role (organization_id, id, practitioner_id, location_id, specialties, accepts_new, video, active)
      select distinct on (practitioner_id, location_id) ${organizationId}::uuid, id, practitioner_id, location_id, specialties, accepts_new, video, active
      from asked where not no_practitioner and not no_place order by practitioner_id, location_id, id
      on conflict on constraint one_role_a_place do update set specialties = excluded.specialties,
        accepts_new = excluded.accepts_new, video = excluded.video, active = excluded.active
    )
    select fhir_id, case when no_practitioner then practitioner else location end as reference
    from asked where no_practitioner or no_place`.execute(tx)
  return [...waiting, ...unmet.map((row) => ({ type: 'PractitionerRole', ...row }))]
}
