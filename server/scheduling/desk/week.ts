/** A week of the desk: by clinician, room or place, what is booked on each day and how full it is. */
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import type { Language, Reply } from '../../platform/endpoint.ts'
import { readOrganization } from '../../people/index.ts'
import { at } from './block.ts'
import type { By, readWeek as contract } from './contract.ts'
import { minutesIn } from './fill.ts'
import { readRows } from './open-hours.ts'
import { readVisits, type Placed } from './visits.ts'

/** More rows than that are nobody's page: one place at a time, then. */
const mostRows = 60

interface Asked {
  day: string
  by: By
  placeId?: string
  language: Language
}

/** From the Monday of that week on, each visit shown in the trail. */
export async function readWeek(
  context: Context,
  actor: Actor,
  { day, by, placeId, language }: Asked,
): Promise<Reply<typeof contract>> {
  return within(context.db, actor, async (tx) => {
    const { zone } = await readOrganization(tx, actor.organizationId)
    const asked = Temporal.PlainDate.from(day)
    const firstDay = asked.subtract({ days: asked.dayOfWeek - 1 })
    const days = Array.from({ length: 7 }, (_, index) => firstDay.add({ days: index }).toString())
    const span = { from: at(firstDay, 0, zone), until: at(firstDay.add({ days: 6 }), 1440, zone) }
    const { rows, places } = await readRows(tx, actor.organizationId, by, {
      firstDay,
      days: 7,
      ...(placeId && { placeId }),
    })
    const shown = rows.slice(0, mostRows)
    const ids = new Set(shown.map(({ id }) => id))
    const visits = await readVisits(context, tx, { actor, span, language, withReasons: false })
    const inPlace = visits.filter(({ entry }) => !placeId || entry.placeId === placeId)
    const placed = Map.groupBy(
      inPlace.flatMap((visit) =>
        rowsOf(visit, by)
          .filter((id) => ids.has(id))
          .map((id) => ({ id, entry: visit.entry })),
      ),
      ({ id, entry }) => `${id} ${dayIn(entry.startsAt, zone)}`,
    )
    return {
      zone,
      days,
      places,
      rows: shown.map(({ id, name, open }) => ({
        id,
        name,
        days: days.map((date, index) => {
          const entries = (placed.get(`${id} ${date}`) ?? []).map(({ entry }) => entry)
          return { ...minutesIn(entries, open[index] ?? []), entries }
        }),
      })),
      left: rows.length - shown.length,
    }
  })
}

/** The rows that a visit stands in. */
const rowsOf = ({ practitionerId, entry, resourceIds }: Placed, by: By): readonly string[] =>
  ({ clinician: [practitionerId], place: [entry.placeId], room: resourceIds ?? [] })[by].filter((id) => id !== null)

const dayIn = (startsAt: string, zone: string) =>
  Temporal.Instant.from(startsAt).toZonedDateTimeISO(zone).toPlainDate().toString()
