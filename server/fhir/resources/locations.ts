/** Location: a place of care. */
import { sql } from 'kysely'
import { notFound } from '../../platform/errors.ts'
import { isId } from '../../platform/ids.ts'
import { among, counted, howMany, pageOf, type Asking, type Kind } from './kind.ts'
import { addressBegins } from './open-starts.ts'
import { claims, planNet } from '../wire/plan-net.ts'
import type { Query } from '../wire/query.ts'
import { reference, type Resource } from '../wire/resource.ts'

export const locations: Kind = {
  type: 'Location',
  profile: planNet.location,
  isPublic: true,
  parameters: [
    { name: '_id', type: 'token' },
    { name: 'name', type: 'string' },
    { name: 'address', type: 'string', documentation: 'The beginning of a line, the town, the state or the postcode.' },
    { name: 'address-city', type: 'string' },
    { name: 'address-state', type: 'string' },
    { name: 'address-postalcode', type: 'string' },
  ],
  async search(asking, query) {
    const rows = filtered(asking, query)
    const page = pageOf(
      await rows
        .$if(query.after !== undefined, (rest) => rest.where('l.id', '>', query.after?.id ?? ''))
        .selectAll('l')
        .orderBy('l.id')
        .limit(query.count + 1)
        .execute(),
      query.count,
      ({ id }) => ['-', id],
    )
    const matches = page.shown.map((row) => resourceOf(asking, row))
    return { matches, after: page.after, total: await counted(query, rows.select(howMany)) }
  },
  async read(asking, id) {
    const [found] = isId(id) ? await locationsByIds(asking, [id]) : []
    if (!found) throw notFound('Location')
    return found
  },
}

export async function locationsByIds(asking: Asking, ids: readonly string[]): Promise<Resource[]> {
  const rows = await places(asking).where('l.id', '=', among(ids)).selectAll('l').execute()
  return rows.map((row) => resourceOf(asking, row))
}

const places = ({ tx, actor }: Asking) =>
  tx.selectFrom('directory.location as l').where('l.organizationId', '=', actor.organizationId)

function filtered(asking: Asking, query: Query) {
  const ids = query.ids('_id', 'Location')
  const conditions = [
    ...(ids ? [sql<boolean>`l.id = ${among(ids)}`] : []),
    ...query.all('name').map((texts) => anyBegins(sql`l.name`, texts)),
    ...query.all('address').map((texts) => sql<boolean>`(${sql.join(texts.map(addressBegins), sql` or `)})`),
    ...query.all('address-city').map((texts) => anyBegins(sql`l.city`, texts)),
    ...query.all('address-state').map((texts) => anyBegins(sql`l.state`, texts)),
    ...query.all('address-postalcode').map((texts) => anyBegins(sql`l.postcode`, texts)),
  ]
  return conditions.reduce((rows, condition) => rows.where(condition), places(asking))
}

const anyBegins = (column: ReturnType<typeof sql>, texts: readonly string[]) =>
  sql<boolean>`(${sql.join(
    texts.map((text) => sql`starts_with(lower(${column}), ${text.toLowerCase()})`),
    sql` or `,
  )})`

interface Row {
  id: string
  name: string
  phone: string | null
  addressLines: string[]
  city: string | null
  state: string | null
  postcode: string | null
  latitude: number | null
  longitude: number | null
  zone: string
  hours: { weekdays: number[]; from: string; until: string }[]
  active: boolean
}

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

const resourceOf = ({ actor }: Asking, row: Row): Resource => ({
  resourceType: 'Location',
  id: row.id,
  ...claims(planNet.location),
  status: row.active ? 'active' : 'inactive',
  name: row.name,
  mode: 'instance',
  ...(row.phone !== null && { telecom: [{ system: 'phone', value: row.phone }] }),
  address: {
    extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/timezone', valueCode: row.zone }],
    ...(row.addressLines.length > 0 && { line: row.addressLines }),
    ...(row.city !== null && { city: row.city }),
    ...(row.state !== null && { state: row.state }),
    ...(row.postcode !== null && { postalCode: row.postcode }),
    country: 'US',
  },
  ...(row.latitude !== null &&
    row.longitude !== null && { position: { longitude: row.longitude, latitude: row.latitude } }),
  managingOrganization: reference('Organization', actor.organizationId),
  ...(row.hours.length > 0 && { hoursOfOperation: row.hours.map(openHours) }),
})

/** FHIR's time has no 24:00: a day without an end is said by leaving it out. */
const openHours = ({ weekdays, from, until }: Row['hours'][number]) => ({
  daysOfWeek: weekdays.map((day) => days[day - 1]),
  ...(from === '00:00' && until === '24:00'
    ? { allDay: true }
    : { openingTime: `${from}:00`, ...(until !== '24:00' && { closingTime: `${until}:00` }) }),
})
