/** Rooms, devices and interpreters as they are on some days: their hours, closures, and when they are taken. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { daysAfter, daysBefore, localDays, minutesOfDay, type LocalDays } from '../openings/local-days.ts'
import { toMinute } from '../openings/minutes.ts'
import type { WeeklyRule } from '../openings/openings.ts'
import type { DaysOf, Need, Resource, ResourceKind } from './pools.ts'
import '../tables.ts'

/** What the visit type of an offering `o` needs; null for nothing. */
export const needsOf = sql<Need[] | null>`(select json_agg(json_build_object('kind', n.kind, 'features', n.features))
  from scheduling.visit_need n where n.organization_id = o.organization_id and n.visit_type_id = o.visit_type_id)`

export interface Span {
  firstDay: Temporal.PlainDate
  days: number
}

export interface Wanted {
  kinds: readonly ResourceKind[]
  /** Those at these places, and those that serve every place; undefined: all. */
  locationIds?: readonly string[]
}

/** All resources of some kinds with what decides when they are free, in four statements at once. */
export async function readResources(
  tx: Tx,
  organizationId: string,
  { kinds, locationIds }: Wanted,
  { firstDay, days }: Span,
): Promise<Resource[]> {
  const all = tx
    .selectFrom('scheduling.resource as r')
    .where('r.organizationId', '=', organizationId)
    .where('r.active', '=', true)
    .where('r.kind', 'in', [...kinds])
    .$if(locationIds !== undefined, (of) =>
      of.where((is) => is.or([is('r.locationId', 'is', null), is('r.locationId', 'in', [...(locationIds ?? [])])])),
    )
  const ids = all.select('r.id')
  const [first, last] = [firstDay.subtract({ days: daysBefore + 1 }), firstDay.add({ days: days + daysAfter + 1 })]
  const midnight = (day: Temporal.PlainDate) => day.toZonedDateTime('UTC').toInstant()
  const [rows, rules, closures, taken] = await Promise.all([
    all.selectAll('r').execute(),
    tx
      .selectFrom('scheduling.resourceRule')
      .where('organizationId', '=', organizationId)
      .where('resourceId', 'in', ids)
      .selectAll()
      .execute(),
    tx
      .selectFrom('scheduling.resourceClosure')
      .where('organizationId', '=', organizationId)
      .where('resourceId', 'in', ids)
      .where('onDate', '>=', first)
      .where('onDate', '<=', last)
      .select(['resourceId', 'onDate', 'fromMinute', 'untilMinute'])
      .execute(),
    tx
      .selectFrom('scheduling.takenTime')
      .where('organizationId', '=', organizationId)
      .where('resourceId', 'in', ids)
      .where('startsAt', '>=', midnight(first))
      .where('startsAt', '<', midnight(last))
      .select(['resourceId', 'startsAt', 'endsAt'])
      .execute(),
  ])
  const of = <T extends { resourceId: string }>(list: readonly T[]) => Map.groupBy(list, ({ resourceId }) => resourceId)
  const [rulesOf, closuresOf, takenOf] = [of(rules), of(closures), of(taken)]
  return rows.map(({ id, kind, name, locationId, features, modality, zone }) => ({
    id,
    kind,
    name,
    locationId,
    features,
    modality,
    calendar: {
      zone,
      rules: (rulesOf.get(id) ?? []).map(weekly).concat(rulesOf.has(id) ? [] : always),
      exceptions: (closuresOf.get(id) ?? []).map(({ onDate, fromMinute, untilMinute }) => ({
        kind: 'closed' as const,
        date: onDate.toString(),
        ...(fromMinute !== null && untilMinute !== null && { from: fromMinute, until: untilMinute }),
      })),
    },
    busy: (takenOf.get(id) ?? []).map(({ startsAt, endsAt }) => ({ start: toMinute(startsAt), end: toMinute(endsAt) })),
  }))
}

interface Rule {
  weekday: number
  fromMinute: number
  untilMinute: number
  validFrom: Temporal.PlainDate
  validUntil: Temporal.PlainDate | null
}

const weekly = ({ weekday, fromMinute, untilMinute, validFrom, validUntil }: Rule): WeeklyRule => ({
  weekday,
  from: fromMinute,
  until: untilMinute,
  validFrom: validFrom.toString(),
  ...(validUntil && { validUntil: validUntil.toString() }),
})

/** Whatever has no hours of its own is there whenever its place is open: the clinician's hours decide. */
const always: WeeklyRule[] = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
  weekday,
  from: 0,
  until: minutesOfDay,
  validFrom: '0001-01-01',
}))

/** The local days of each zone, found once. */
export function daysFrom({ firstDay, days }: Span): DaysOf {
  const known = new Map<string, LocalDays>()
  return (zone) => {
    const found = known.get(zone) ?? localDays(zone, firstDay.toString(), days)
    known.set(zone, found)
    return found
  }
}
