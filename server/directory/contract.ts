/** What the directory can be asked: clinicians, places, and the words patients use. */
import { Type, type Static } from 'typebox'
import { endpoint, Id, Language, object } from '../platform/endpoint.ts'

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
