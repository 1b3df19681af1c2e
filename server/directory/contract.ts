/** What the directory can be asked: clinicians, places, and the words patients use. */
import { Type, type Static } from 'typebox'
import { Day, endpoint, Id, Language, Moment, object } from '../platform/endpoint.ts'
import { checkedFields, wrongFields } from './upkeep/freshness.ts'

const Text = Type.String()
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export type Place = Static<typeof Place>
export const Place = object({
  id: Id,
  name: Text,
  lines: Type.Array(Text),
  city: orNull(Text),
  state: orNull(Text),
  postcode: orNull(Text),
  phone: orNull(Text),
  /** IANA. All in-person times are this place's wall-clock time. */
  zone: Text,
  latitude: orNull(Type.Number()),
  longitude: orNull(Type.Number()),
})

export type Clinician = Static<typeof Clinician>
export const Clinician = object({
  id: Id,
  /** As said aloud: 'Dr. Lan Nguyen, MD'. */
  name: Text,
  initials: Text,
  credentials: orNull(Text),
  gender: orNull(Text),
  /** BCP 47. */
  languages: Type.Array(Text),
})

/** What some people cannot come without. */
export const accessFeatures = [
  'step_free',
  'accessible_restroom',
  'exam_table',
  'hearing_loop',
  'quiet_room',
  'accessible_parking',
] as const
const accessSources = ['seen', 'told'] as const

/** What somebody found at a place: `seen` with own eyes, or `told` by the place. */
export type AccessFact = Static<typeof AccessFact>
export const AccessFact = object({
  feature: Type.Enum(accessFeatures),
  /** False: somebody looked, and there is none. */
  present: Type.Boolean(),
  source: Type.Enum(accessSources),
  verifiedOn: Day,
})

const Verified = object({
  field: Type.Enum(checkedFields),
  at: Moment,
  source: Type.Enum(['desk', 'clinician', 'phone_call']),
})

export const readClinician = endpoint('GET /api/directory/clinicians/:id', 'public.read', {
  summary: 'A clinician’s profile: specialties, languages, places with hours, and the networks said to include them.',
  path: object({ id: Id }),
  query: object({ language: Type.Optional(Language) }),
  reply: object({
    clinician: Clinician,
    npi: orNull(object({ number: Text, valid: Type.Boolean() })),
    statement: orNull(Text),
    places: Type.Array(
      object({
        roleId: Id,
        place: Place,
        hours: Type.Array(object({ weekdays: Type.Array(Type.Integer()), from: Text, until: Text })),
        specialties: Type.Array(object({ code: Text, name: Text })),
        acceptsNew: Type.Boolean(),
        minAgeYears: Type.Integer(),
        maxAgeYears: Type.Integer(),
        inPerson: Type.Boolean(),
        video: Type.Boolean(),
        /** Nobody could be reached there: out of the search until somebody confirms it. */
        hidden: Type.Boolean(),
        /** What nobody looked at is not there. */
        access: Type.Array(AccessFact),
        /** Which parts were checked in the last 90 days, and by whose word; what is not named was not. */
        verified: Type.Array(Verified),
      }),
    ),
  }),
})

export const suggestReasons = endpoint('GET /api/directory/suggestions', 'public.read', {
  summary: 'Visit reasons and specialties to offer while somebody types.',
  query: object({ q: Type.String({ maxLength: 200 }), language: Language }),
  reply: object({ suggestions: Type.Array(object({ text: Text, kind: Type.Enum(['reason', 'specialty']) })) }),
})

export const listCommonReasons = endpoint('GET /api/directory/common-reasons', 'public.read', {
  summary: 'The visit reasons to show before anything is typed.',
  query: object({ language: Language }),
  reply: object({ reasons: Type.Array(object({ text: Text, query: Text })) }),
})

export const reportListing = endpoint('POST /api/directory/listings/:id/reports', 'listing.report', {
  summary:
    'Somebody says that something of a clinician at a place is wrong. It takes no words about health, and no name.',
  path: object({ id: Id }),
  body: object({ field: Type.Enum(wrongFields) }),
  reply: object({ thanks: Type.Literal(true) }),
})

export const listListingsToCheck = endpoint('GET /api/directory/listings-to-check', 'listing.check', {
  summary:
    'Clinicians at places that are hidden, that visitors said are wrong, or that were not checked for 90 days; the worst first.',
  reply: object({
    listings: Type.Array(
      object({
        roleId: Id,
        clinician: Text,
        place: Text,
        phone: orNull(Text),
        acceptsNew: Type.Boolean(),
        languages: Type.Array(Text),
        hiddenSince: orNull(Moment),
        flaggedSince: orNull(Moment),
        reports: Type.Array(object({ field: Type.Enum(wrongFields), count: Type.Integer() })),
        verified: Type.Array(Verified),
      }),
    ),
  }),
})

export const checkListing = endpoint('POST /api/directory/listings/:id/checks', 'listing.check', {
  summary:
    'Confirms parts of a listing, corrected where need be; settles what visitors said and shows it in the search again.',
  path: object({ id: Id }),
  body: object({
    fields: Type.Array(Type.Enum(checkedFields), { minItems: 1, maxItems: checkedFields.length, uniqueItems: true }),
    source: Type.Enum(['desk', 'clinician', 'phone_call']),
    correct: Type.Optional(
      object({
        phone: Type.Optional(Type.String({ pattern: '^\\+[1-9][0-9]{6,14}$' })),
        acceptsNew: Type.Optional(Type.Boolean()),
        languages: Type.Optional(
          Type.Array(Type.String({ pattern: '^[a-z]{2,3}$' }), { maxItems: 20, uniqueItems: true }),
        ),
      }),
    ),
  }),
  reply: object({ verified: Type.Array(Verified) }),
})

export const checkPlaceAccess = endpoint('POST /api/directory/places/:id/access-checks', 'listing.check', {
  summary: 'Says what a place has for people who need it, as somebody found it today; the search goes by it.',
  path: object({ id: Id }),
  body: object({
    facts: Type.Array(object({ feature: Type.Enum(accessFeatures), present: Type.Boolean() }), {
      minItems: 1,
      maxItems: accessFeatures.length,
    }),
    source: Type.Enum(accessSources),
  }),
  reply: object({ access: Type.Array(AccessFact) }),
})

export const readAccuracy = endpoint('GET /api/directory/accuracy', 'public.read', {
  summary:
    'How true the directory is, a line a place: the share of listings checked within 90 days that nobody said is wrong.',
  reply: object({
    places: Type.Array(
      object({ placeId: Id, name: Text, listings: Type.Integer(), accurate: Type.Integer(), percent: Type.Integer() }),
    ),
  }),
})
