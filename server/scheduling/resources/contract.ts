/** What rooms, devices and interpreters can be asked: what there is, its hours, what visits need, and a room closed today. */
import { Type } from 'typebox'
import { Day, endpoint, Id, Language, Moment, object } from '../../platform/endpoint.ts'

const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Text = Type.String()

export const modalities = ['in_person', 'video', 'phone'] as const
/** BCP 47, the language alone. */
export const LanguageTag = Type.String({ pattern: '^[a-z]{2,3}$' })
/** An interpreter of this language, in any way that is free when none is said. */
export const InterpreterWish = object({
  language: LanguageTag,
  modality: Type.Optional(Type.Enum([...modalities])),
})

const Kind = Type.Enum(['room', 'device', 'interpreter'])

/** What a visit has beside its clinician; names are for those who work here. */
export const TakenResource = object({
  kind: Kind,
  name: orNull(Text),
  modality: orNull(Type.Enum([...modalities])),
})

const Feature = Type.String({ pattern: '^[a-z0-9-]{2,40}$' })
const Features = Type.Array(Feature, { maxItems: 20, uniqueItems: true })
const Minute = Type.Integer({ minimum: 0, maximum: 1440 })
const Hours = object({ weekday: Type.Integer({ minimum: 1, maximum: 7 }), fromMinute: Minute, untilMinute: Minute })
const Resource = {
  kind: Kind,
  name: Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }),
  placeId: orNull(Id),
  /** IANA name: hours are wall-clock time there. */
  zone: Type.String({ minLength: 1, maxLength: 60 }),
  /** What it is good for; of an interpreter the languages. */
  features: Features,
  modality: orNull(Type.Enum([...modalities])),
  /** None: whenever its place is open. */
  hours: Type.Array(Hours, { maxItems: 100 }),
}

export const listResources = endpoint('GET /api/scheduling/resources', 'resource.read', {
  summary: 'Rooms, devices and interpreters, each with its hours and the days on which it is closed from today on.',
  reply: object({
    resources: Type.Array(
      object({
        id: Id,
        ...Resource,
        closures: Type.Array(
          object({ id: Id, day: Day, fromMinute: orNull(Minute), untilMinute: orNull(Minute), reason: Text }),
        ),
      }),
    ),
    needs: Type.Array(
      object({ visitTypeId: Id, code: Text, kind: Type.Enum(['room', 'device']), features: Type.Array(Text) }),
    ),
  }),
})

export const saveResource = endpoint('POST /api/scheduling/resources', 'resource.manage', {
  summary: 'Adds a room, device or interpreter, or changes the one of this kind and name. Openings follow at once.',
  body: object(Resource),
  reply: object({ id: Id }),
})

export const setVisitNeeds = endpoint('POST /api/scheduling/visit-needs', 'resource.manage', {
  summary:
    'What a visit type needs beside its clinician, at most one room and one device, and how many patients come together. Openings follow at once.',
  body: object({
    code: Type.String({ pattern: '^[a-z0-9-]{1,40}$' }),
    needs: Type.Array(object({ kind: Type.Enum(['room', 'device']), features: Features }), { maxItems: 2 }),
    /** More than one makes it a group visit; sessions that fill already keep the seats they have. */
    seats: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  }),
  reply: object({ visitTypeId: Id }),
})

export const closeResource = endpoint('POST /api/scheduling/resources/:id/closures', 'resource.manage', {
  summary:
    'Closes a room, device or interpreter for a day or a part of it. Visits there get another that is free; those that cannot are named.',
  path: object({ id: Id }),
  body: object({
    day: Day,
    fromMinute: Type.Optional(Minute),
    untilMinute: Type.Optional(Minute),
    reason: Type.String({ minLength: 1, maxLength: 300, pattern: '\\S' }),
  }),
  reply: object({
    id: Id,
    /** `instead`: what they have now; null where nothing was free: such a visit keeps its time, and somebody must decide. */
    visits: Type.Array(object({ appointmentId: Id, startsAt: Moment, instead: orNull(Text) })),
  }),
})

/** A visit that loses something, and what else is free for all of it. */
const Losing = object({
  appointmentId: Id,
  startsAt: Moment,
  zone: Text,
  visitType: Text,
  clinician: Text,
  patient: object({ id: Id, name: Text, phone: orNull(Text) }),
  resource: object({ id: Id, kind: Kind, name: Text }),
  instead: orNull(Text),
})

export const previewClosure = endpoint('GET /api/scheduling/resources/:id/hits', 'day.read', {
  summary: 'The visits that closing a room, device or interpreter then would hit, each with what else is free.',
  path: object({ id: Id }),
  query: object({
    day: Day,
    fromMinute: Type.Optional(Minute),
    untilMinute: Type.Optional(Minute),
    language: Type.Optional(Language),
  }),
  reply: object({ visits: Type.Array(Losing) }),
})

export const listLosing = endpoint('GET /api/scheduling/losing', 'day.read', {
  summary: 'The visits to come whose room, device or interpreter is closed then, each with what else is free.',
  query: object({ language: Type.Optional(Language) }),
  reply: object({ visits: Type.Array(Losing) }),
})

export const replaceResource = endpoint('POST /api/scheduling/resources/:id/replacements', 'resource.manage', {
  summary: 'Gives a visit that has this room, device or interpreter another one that is free.',
  path: object({ id: Id }),
  body: object({ appointmentId: Id }),
  reply: object({ instead: Text }),
})

export const reopenResource = endpoint('POST /api/scheduling/resource-closures/:id/removal', 'resource.manage', {
  summary: 'Opens what was closed again. Openings follow at once.',
  path: object({ id: Id }),
  reply: object({ id: Id }),
})
