/** What can be asked of the honest numbers: the public figure, and the board of those who mend what it shows. */
import { Type, type Static } from 'typebox'
import { Day, endpoint, Id, Language, object } from '../../platform/endpoint.ts'

const Text = Type.String()
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Count = Type.Integer()

/** Of the openings that were asked about again. */
export type Probed = Static<typeof Probed>
export const Probed = object({
  asked: Count,
  /** Taken or closed by somebody in the seconds between: honest competition. */
  taken: Count,
  phantoms: Count,
  /** Phantoms in a hundred, rounded up to hundredths; null when nothing was asked. */
  percent: orNull(Type.Number()),
})

export type HonestNumbers = Static<typeof HonestNumbers>
const HonestNumbers = object({
  from: Day,
  until: Day,
  /** The first day of these on which anything was measured; null: not measured yet. */
  measuredSince: orNull(Day),
  /** An opening is asked about again after so many seconds. */
  afterSeconds: Count,
  probed: Probed,
})

export const readHonestNumbers = endpoint('GET /api/scheduling/honest-numbers', 'public.read', {
  summary:
    'Of the openings that find care showed in the last 30 days: how many could not be booked seconds later though nobody took them.',
  reply: HonestNumbers,
})

const Cause = object({ id: Text, name: Text, asked: Count, phantoms: Count })

export type Board = Static<typeof Board>
const Board = object({
  numbers: HonestNumbers,
  /** A line a day on which anything was measured. */
  days: Type.Array(object({ day: Day, probed: Probed })),
  /** Where phantoms come from: those with the most first. Empty when there are none. */
  causes: object({
    clinicians: Type.Array(Cause),
    visitTypes: Type.Array(Cause),
    places: Type.Array(Cause),
    /** Whether the clinician's place is kept here by hand, or came with imported records. */
    feeds: Type.Array(object({ feed: Type.Enum(['imported', 'own']), asked: Count, phantoms: Count })),
    /** What stood in the way, as a code. */
    reasons: Type.Array(object({ code: Text, phantoms: Count })),
  }),
  /** Third next available appointment, the longest wait first. */
  waits: Type.Array(
    object({
      visitType: Text,
      specialty: Text,
      place: Text,
      clinicians: Count,
      withoutThird: Count,
      /** Calendar days, of the clinician in the middle; null when more than half have no third opening. */
      days: orNull(Count),
      /** The same on the earliest measured day of the last four weeks; null when that is today, or there was none. */
      daysBefore: orNull(Count),
    }),
  ),
  /** Booked minutes of open minutes, over the last 30 days that are over; the fullest first. */
  fill: object({
    percent: orNull(Count),
    places: Type.Array(object({ id: Id, name: Text, percent: Count })),
    clinicians: Type.Array(object({ id: Id, name: Text, percent: Count, openHours: Count })),
    days: Type.Array(object({ day: Day, percent: Count })),
  }),
})

export const readBoard = endpoint('GET /api/scheduling/board', 'numbers.read', {
  summary:
    'Phantom openings with where they come from, third next available appointments and the fill rate: numbers of the clinic, nobody’s health.',
  query: object({ language: Type.Optional(Language) }),
  reply: Board,
})
