/** Schedule: one offering, that is a clinician at a place for a kind of visit. Its id is the offering's. */
import { sql } from 'kysely'
import { isId } from '../../platform/ids.ts'
import { notFound } from '../../platform/errors.ts'
import {
  among,
  amongTexts,
  codesOf,
  counted,
  howMany,
  isTrue,
  pageOf,
  type Asking,
  type Found,
  type Kind,
} from './kind.ts'
import { clinicianReference, offered, placeReference, service, type Offered } from './offered.ts'
import { idIn, type Query } from '../wire/query.ts'
import { systems, visitTypes, type Resource } from '../wire/resource.ts'

export const schedules: Kind = {
  type: 'Schedule',
  parameters: [
    { name: '_id', type: 'token' },
    { name: 'actor', type: 'reference', documentation: 'A Practitioner or a Location.' },
    { name: 'service-type', type: 'token' },
    { name: 'specialty', type: 'token' },
    { name: 'active', type: 'token' },
  ],
  search,
  async read(asking, id) {
    const row = isId(id) ? await offered(asking).where('o.id', '=', id).executeTakeFirst() : undefined
    if (!row) throw notFound('Schedule')
    return resourceOf(asking, row)
  },
}

async function search(asking: Asking, query: Query): Promise<Found> {
  let rows = offered(asking)
  const ids = query.ids('_id', 'Schedule')
  if (ids) rows = rows.where('o.id', '=', among(ids))
  for (const alternatives of query.all('actor')) {
    const { practitioners, places } = actorsIn(alternatives, asking.base)
    rows = rows.where((of) =>
      of.or([of('o.practitionerId', '=', among(practitioners)), of('o.locationId', '=', among(places))]),
    )
  }
  const kinds = query.tokens('service-type')
  if (kinds) rows = rows.where('v.code', '=', amongTexts(codesOf(kinds, visitTypes(asking.base))))
  const specialties = query.tokens('specialty')
  if (specialties) rows = rows.where(sql<boolean>`r.specialties && ${codesOf(specialties, systems.specialty)}::text[]`)
  const active = query.one('active')
  if (active) rows = rows.where('o.active', '=', isTrue(active))
  const page = pageOf(
    await rows
      .$if(query.after !== undefined, (rest) => rest.where('o.id', '>', query.after?.id ?? ''))
      .orderBy('o.id')
      .limit(query.count + 1)
      .execute(),
    query.count,
    ({ id }) => ['-', id],
  )
  const total = await counted(query, rows.clearSelect().select(howMany))
  return { matches: page.shown.map((row) => resourceOf(asking, row)), after: page.after, total }
}

function actorsIn(alternatives: readonly string[], base: string) {
  const ofType = (type: string) =>
    alternatives.filter((text) => !/^[A-Z]/.test(localOf(text, base)) || localOf(text, base).startsWith(`${type}/`))
  return {
    practitioners: ofType('Practitioner').flatMap((text) => idIn(text, 'Practitioner', base) ?? []),
    places: ofType('Location').flatMap((text) => idIn(text, 'Location', base) ?? []),
  }
}

const localOf = (text: string, base: string) => (text.startsWith(`${base}/`) ? text.slice(base.length + 1) : text)

function resourceOf({ base, now }: Asking, row: Offered): Resource {
  return {
    resourceType: 'Schedule',
    id: row.id,
    active: row.active,
    ...service(row, base),
    actor: [clinicianReference(row), placeReference(row)],
    planningHorizon: { start: now.toString(), end: now.add({ hours: row.horizonDays * 24 }).toString() },
  }
}
