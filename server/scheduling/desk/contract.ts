/** What the desk's week and month can be asked. */
import { Type, type Static } from 'typebox'
import { Day, endpoint, Id, Language, object } from '../../platform/endpoint.ts'
import { Place } from '../../directory/contract.ts'
import { DeskEntry } from '../contract.ts'

const Text = Type.String()
export const By = Type.Enum(['clinician', 'room', 'place'])
export type By = Static<typeof By>

/** How full a day is: the minutes of its visits, and those in which there could be any. */
export const Fill = { visits: Type.Integer(), bookedMinutes: Type.Integer(), openMinutes: Type.Integer() }

const shown = { by: Type.Optional(By), placeId: Type.Optional(Id) }

export const readWeek = endpoint('GET /api/scheduling/weeks/:day', 'day.read', {
  summary: 'The week of a day, from its Monday: by clinician, room or place, what is booked and how full each day is.',
  path: object({ day: Day }),
  query: object({ ...shown, language: Type.Optional(Language) }),
  reply: object({
    zone: Text,
    days: Type.Array(Day),
    places: Type.Array(Place),
    rows: Type.Array(
      object({ id: Id, name: Text, days: Type.Array(object({ ...Fill, entries: Type.Array(DeskEntry) })) }),
    ),
    /** Rows that are not shown: ask for one place. */
    left: Type.Integer(),
  }),
})

export const readMonth = endpoint('GET /api/scheduling/months/:day', 'day.read', {
  summary: 'The month of a day: how many visits each day has and how full it is, of all or of one.',
  path: object({ day: Day }),
  query: object({
    ...shown,
    /** Of one clinician, room or place. */
    of: Type.Optional(Id),
  }),
  reply: object({
    zone: Text,
    places: Type.Array(Place),
    /** Whom or what the month can be narrowed to. */
    rows: Type.Array(object({ id: Id, name: Text })),
    days: Type.Array(object({ day: Day, ...Fill })),
  }),
})
