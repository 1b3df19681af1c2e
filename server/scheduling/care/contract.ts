/** What find care can be asked, and what an offering is. */
import { Type, type Static } from 'typebox'
import { Day, endpoint, Id, Language, Moment, object } from '../../platform/endpoint.ts'
import { accessFeatures, Clinician, Place } from '../../directory/contract.ts'
import { NetworkFact } from '../../coverage/contract.ts'

const Text = Type.String()
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
export const Mode = Type.Enum(['in_person', 'video'])
const DayPart = Type.Enum(['morning', 'afternoon', 'evening'])

/** A visit somebody can book: a clinician, a place, a kind of visit. */
export type Offering = Static<typeof Offering>
export const Offering = object({
  id: Id,
  visitType: object({ code: Text, name: Text }),
  mode: Mode,
  minutes: Type.Integer(),
  forPatients: Type.Enum(['any', 'new', 'established']),
  minAgeYears: Type.Integer(),
  maxAgeYears: Type.Integer(),
  /** How many patients come together; more than one is a group visit. */
  seats: Type.Integer(),
})

const feature = `(${accessFeatures.join('|')})`

export type CareQuery = Static<typeof CareQuery>
export const CareQuery = object({
  /** 'heart doctor', 'control de niño sano', 'Dr Nguyen'. */
  q: Type.Optional(Type.String({ maxLength: 200 })),
  language: Type.Optional(Language),
  planId: Type.Optional(Id),
  /** A postcode or 'City, ST'. */
  near: Type.Optional(Type.String({ maxLength: 100 })),
  withinMiles: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  from: Type.Optional(Day),
  part: Type.Optional(DayPart),
  /** BCP 47 of a language the clinician speaks. */
  speaks: Type.Optional(Type.String({ pattern: '^[a-z]{2,3}$' })),
  gender: Type.Optional(Type.Enum(['male', 'female', 'other'])),
  newPatient: Type.Optional(Type.Boolean()),
  ageYears: Type.Optional(Type.Integer({ minimum: 0, maximum: 130 })),
  mode: Type.Optional(Mode),
  /** What the place must have, with commas between: 'step_free,hearing_loop'; 'any' for no matter what. */
  access: Type.Optional(Type.String({ pattern: `^(any|${feature}(,${feature})*)$` })),
  sort: Type.Optional(Type.Enum(['earliest', 'distance'])),
  /** Where the last page ended, as it came. */
  after: Type.Optional(Type.String({ maxLength: 200 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })),
})

/** The filters that can be relaxed, by the name of their query field. */
export const Filter = Type.Enum([
  'q',
  'planId',
  'near',
  'withinMiles',
  'from',
  'part',
  'speaks',
  'gender',
  'newPatient',
  'ageYears',
  'mode',
  'access',
])

export type CareResult = Static<typeof CareResult>
export const CareResult = object({
  clinician: Clinician,
  place: Place,
  specialty: object({ code: Text, name: Text }),
  offering: Offering,
  acceptsNew: Type.Boolean(),
  miles: orNull(Type.Number()),
  /** The chosen plan's network fact for this clinician here, when a plan was asked for. */
  network: orNull(NetworkFact),
  /** The next three openings that fit what was asked, soonest first. */
  openings: Type.Array(Moment),
  /** Why it is here, for the card: codes with their words. */
  because: Type.Array(
    object({
      code: Type.Enum(['specialty', 'reason', 'name', 'near', 'network', 'speaks', 'access', 'earliest', 'video']),
      text: Text,
    }),
  ),
})

export const findCare = endpoint('GET /api/scheduling/care', 'public.read', {
  summary:
    'Clinicians with open times that fit, in a fixed order: soonest opening or nearest. Nothing else moves a result up.',
  query: CareQuery,
  reply: object({
    results: Type.Array(CareResult),
    after: orNull(Text),
    understood: Type.Array(object({ phrase: Text, meaning: Text })),
    /** Words of an emergency were used: show 911 (and 988 for a crisis) first. */
    emergency: Type.Boolean(),
    crisis: Type.Boolean(),
    /** With no result: each filter whose removal gives some, how many (up to 100), best first. */
    relax: Type.Array(object({ filter: Filter, count: Type.Integer() })),
  }),
})

export type Facet = Static<typeof Facet>
export const Facet = object({
  filter: Type.Enum(['gender', 'speaks', 'newPatient', 'mode', 'part', 'planId', 'withinMiles']),
  value: Text,
  /** Results that this value would leave, up to 100. */
  count: Type.Integer({ minimum: 0, maximum: 100 }),
})

export const countFacets = endpoint('GET /api/scheduling/care/facets', 'public.read', {
  summary: 'How many results each value of each filter would leave, counted up to 100, by the same search.',
  query: CareQuery,
  reply: object({ facets: Type.Array(Facet) }),
})
