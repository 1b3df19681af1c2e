/** When clinicians, rooms and places are open on some days: three statements for all of them, the rest is arithmetic. */
import type { Tx } from '../../platform/db.ts'
import { placeView, clinicianView } from '../../directory/index.ts'
import { calendarAt, readExceptions, readRules } from '../openings/read-calendar.ts'
import { merged, openOnDays, type Range } from '../openings/openings.ts'
import { inBoth } from '../resources/pools.ts'
import { daysFrom, readResources, type Span } from '../resources/read-resources.ts'
import { offeringsInFull } from '../view.ts'
import type { By } from './contract.ts'

/** A row of a week: somebody or something, and when it is open on each of the days. */
export interface Row {
  id: string
  name: string
  open: readonly (readonly Range[])[]
}

/** The rows of a view, in order, and the places that there are to choose from. */
export async function readRows(
  tx: Tx,
  organizationId: string,
  by: By,
  { placeId, ...span }: Span & { placeId?: string },
) {
  const all = await readWorking(tx, organizationId, span)
  const working = all.filter((one) => !placeId || one.placeId === placeId)
  const places = [...new Map(all.map(({ place }) => [place.id, place])).values()].sort(byName)
  const rows = {
    clinician: () =>
      gathered(
        working,
        ({ clinicianId }) => clinicianId,
        ({ clinician }) => clinician.name,
      ),
    place: () =>
      gathered(
        working,
        (one) => one.placeId,
        ({ place }) => place.name,
      ).sort(byName),
    room: () => readRooms(tx, organizationId, working, { placeId, ...span }),
  }
  return { places, rows: await rows[by]() }
}

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1)

/** Each clinician at each place with the minutes that are open there. */
async function readWorking(tx: Tx, organizationId: string, span: Span) {
  const offerings = await offeringsInFull(tx, organizationId)
    .where('o.active', '=', true)
    .distinctOn(['p.familyName', 'p.givenName', 'p.id', 'l.id'])
    .orderBy('p.familyName')
    .orderBy('p.givenName')
    .orderBy('p.id')
    .orderBy('l.id')
    .execute()
  if (offerings.length === 0) return []
  const whose = [...new Set(offerings.map(({ practitionerId }) => practitionerId))]
  const [rules, exceptions] = await Promise.all([
    readRules(tx, organizationId, whose),
    readExceptions(tx, organizationId, whose, span),
  ])
  const daysOf = daysFrom(span)
  const rulesOf = Map.groupBy(rules, ({ practitionerId }) => practitionerId)
  const exceptionsOf = Map.groupBy(exceptions, ({ practitionerId }) => practitionerId)
  return offerings.map((row) => {
    const known = {
      rules: rulesOf.get(row.practitionerId) ?? [],
      exceptions: [...(exceptionsOf.get(row.practitionerId) ?? []), ...(exceptionsOf.get(null) ?? [])],
    }
    return {
      clinicianId: row.practitionerId,
      clinician: clinicianView({ ...row, id: row.practitionerId }),
      placeId: row.locationId,
      place: placeView({ ...row, id: row.locationId, name: row.placeName }),
      open: openOnDays(calendarAt(row.locationId, row.zone, known), daysOf(row.zone)),
    }
  })
}

type Working = Awaited<ReturnType<typeof readWorking>>[number]

/**
 * Those with one id made one row. A clinician's hours at two places count once where they overlap; the hours of several
 * clinicians at a place are each its own.
 */
function gathered(
  working: readonly Working[],
  idOf: (one: Working) => string,
  nameOf: (one: Working) => string,
): Row[] {
  return [...Map.groupBy(working, idOf)].flatMap(([id, ones]): Row[] => {
    const [first] = ones
    if (!first) return []
    const ofEach = [...Map.groupBy(ones, ({ clinicianId }) => clinicianId).values()]
    const open = first.open.map((_, day) => ofEach.flatMap((own) => merged(own.flatMap((one) => one.open[day] ?? []))))
    return [{ id, name: nameOf(first), open }]
  })
}

/** Rooms and devices: open in their own hours, while anybody works at their place. */
async function readRooms(
  tx: Tx,
  organizationId: string,
  working: readonly Working[],
  { placeId, ...span }: Span & { placeId?: string | undefined },
): Promise<Row[]> {
  const found = await readResources(
    tx,
    organizationId,
    { kinds: ['room', 'device'], ...(placeId && { locationIds: [placeId] }) },
    span,
  )
  const daysOf = daysFrom(span)
  return found.sort(byName).map(({ id, name, locationId, calendar }) => {
    const there = working.filter((one) => locationId === null || one.placeId === locationId)
    const own = openOnDays(calendar, daysOf(calendar.zone))
    return {
      id,
      name,
      open: own.map((hours, day) => inBoth(hours, merged(there.flatMap((one) => one.open[day] ?? [])))),
    }
  })
}
