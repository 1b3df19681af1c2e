/** PractitionerRole: a clinician at a place, and what they treat there. */
import { sql } from 'kysely'
import { networkFacts } from '../../coverage/index.ts'
import type { NetworkFact } from '../../coverage/contract.ts'
import { visibleRoles } from '../../directory/index.ts'
import { notFound } from '../../platform/errors.ts'
import { isId } from '../../platform/ids.ts'
import { among, codesOf, counted, howMany, pageOf, type Asking, type Kind } from './kind.ts'
import { serviceId } from './healthcare.ts'
import { locationsByIds } from './locations.ts'
import { specialtyConcept } from './offered.ts'
import { npisOf, practitionersByIds } from './practitioners.ts'
import { claims, inNetwork, newPatients, planNet } from '../wire/plan-net.ts'
import type { Query } from '../wire/query.ts'
import { reference, systems, type Resource } from '../wire/resource.ts'

export const practitionerRoles: Kind = {
  type: 'PractitionerRole',
  profile: planNet.practitionerRole,
  isPublic: true,
  parameters: [
    { name: '_id', type: 'token' },
    { name: 'practitioner', type: 'reference' },
    { name: 'practitioner.identifier', type: 'token', documentation: 'The NPI.' },
    { name: 'location', type: 'reference' },
    { name: 'specialty', type: 'token', documentation: 'NUCC taxonomy.' },
    { name: 'network', type: 'reference', documentation: 'Said to be in it today.' },
  ],
  includes: ['PractitionerRole:practitioner', 'PractitionerRole:location'],
  async search(asking, query) {
    const rows = filtered(asking, query)
    const page = pageOf(
      await rows
        .$if(query.after !== undefined, (rest) => rest.where('r.id', '>', query.after?.id ?? ''))
        .select([...shown])
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
      matches: await resourcesOf(asking, page.shown),
      included: included.flat(),
      after: page.after,
      total: await counted(query, rows.select(howMany)),
    }
  },
  async read(asking, id) {
    const row = isId(id)
      ? await visibleRoles(asking.tx, asking.actor)
          .where('r.id', '=', id)
          .select([...shown])
          .executeTakeFirst()
      : undefined
    const [found] = row ? await resourcesOf(asking, [row]) : []
    if (!found) throw notFound('PractitionerRole')
    return found
  },
}

const shown = [
  'r.id',
  'r.practitionerId',
  'r.locationId',
  'r.specialties',
  'r.acceptsNew',
  'r.active',
  'l.name as placeName',
  'l.phone',
] as const

function filtered({ tx, actor, now }: Asking, query: Query) {
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
  const networks = query.ids('network', 'Organization')
  if (networks)
    rows =
      rows.where(sql<boolean>`exists (select from coverage.participation c where c.organization_id = r.organization_id
      and c.practitioner_role_id = r.id and c.network_id = ${among(networks)}
      and coalesce(c.valid_from <= ${dayOf(now)}::date, true) and coalesce(c.valid_until >= ${dayOf(now)}::date, true))`)
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
  acceptsNew: boolean
  placeName: string
  phone: string | null
}

/** In the zone that coverage counts its days in. */
const dayOf = (now: Temporal.Instant) => now.toZonedDateTimeISO('UTC').toPlainDate()

async function resourcesOf(asking: Asking, rows: readonly Row[]): Promise<Resource[]> {
  const { tx, actor, now } = asking
  const roleIds = rows.map(({ id }) => id)
  const facts = roleIds.length === 0 ? [] : await networkFacts(tx, actor.organizationId, { roleIds, now })
  const byRole = Map.groupBy(facts, ({ roleId }) => roleId)
  return rows.map((row) => resourceOf(asking, row, byRole.get(row.id)?.map(({ fact }) => fact) ?? []))
}

const resourceOf = ({ actor }: Asking, row: Row, networks: readonly NetworkFact[]): Resource => ({
  resourceType: 'PractitionerRole',
  id: row.id,
  // The profile knows of one network a role.
  ...claims(planNet.practitionerRole, networks.length < 2),
  extension: [newPatients(row.acceptsNew), ...networks.map(({ networkId, network }) => inNetwork(networkId, network))],
  active: row.active,
  practitioner: reference('Practitioner', row.practitionerId),
  organization: reference('Organization', actor.organizationId),
  ...(row.specialties.length > 0 && { specialty: row.specialties.map(specialtyConcept) }),
  location: [reference('Location', row.locationId, row.placeName)],
  ...(row.specialties.length > 0 && {
    healthcareService: row.specialties.map((code) => reference('HealthcareService', serviceId(row.locationId, code))),
  }),
  ...(row.phone !== null && { telecom: [{ system: 'phone', value: row.phone }] }),
})
