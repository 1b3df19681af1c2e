/** What partners can be asked: which outside service carries what for the organization, and under which agreement. */
import { Type } from 'typebox'
import { Day, endpoint, Id, Moment, object } from '../platform/endpoint.ts'

const Text = Type.String()
const Said = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' })
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const ThisAge = Type.String({ format: 'date', pattern: '^2' })
const Service = Type.Enum(['mail', 'texts', 'video', 'clearinghouse', 'payments'])
const HealthClass = Type.Enum(['visit', 'billing', 'clinical', 'sensitive'])

/** Days are whole days in UTC: from the first until the end of the last. */
const Agreement = object({
  id: Id,
  dataClasses: Type.Array(HealthClass),
  firstDay: Day,
  lastDay: Day,
  signedBy: Text,
  /** Where the signed paper is. */
  evidence: Text,
  standing: Type.Enum(['in_force', 'ends_soon', 'to_come', 'over', 'ended']),
})

const Vendor = object({
  id: Id,
  service: Service,
  /** `own`: a system of the organization's, into which nobody else sees. */
  kind: Type.Enum(['outside', 'own']),
  name: Text,
  enteredAt: Moment,
  endedAt: orNull(Moment),
  agreements: Type.Array(Agreement),
})

export const listVendors = endpoint('GET /api/partners/vendors', 'vendor.read', {
  summary: 'Which outside service carries what, under which agreement, and what the gate lets through to it now.',
  reply: object({
    services: Type.Array(
      object({
        service: Service,
        /** Who carries it now. */
        vendor: orNull(Vendor),
        /** For a patient who was not asked: whole, only 'sign in to read it', or not at all. */
        gate: Type.Array(object({ dataClass: HealthClass, carry: Type.Enum(['whole', 'reduced', 'nothing']) })),
        /** The last agreement in force is over within sixty days. */
        endsSoon: Type.Boolean(),
      }),
    ),
    past: Type.Array(Vendor),
  }),
})

export const signVendor = endpoint('POST /api/partners/vendors', 'vendor.manage', {
  summary: 'Enters a signed agreement, and the vendor where it is new. Another vendor of that service is ended first.',
  body: object({
    service: Service,
    name: Said,
    dataClasses: Type.Array(HealthClass, { minItems: 1, uniqueItems: true }),
    /** Left out: from now on. */
    firstDay: Type.Optional(ThisAge),
    lastDay: ThisAge,
    signedBy: Said,
    evidence: Said,
  }),
  reply: object({ id: Id }),
})

export const ownVendor = endpoint('POST /api/partners/vendors/own', 'vendor.manage', {
  summary: 'Says that a service is a system of the organization’s own, into which nobody else sees.',
  body: object({ service: Service, name: Said }),
  reply: object({ id: Id }),
})

export const endVendor = endpoint('POST /api/partners/vendors/:id/end', 'vendor.manage', {
  summary: 'Ends a vendor and its agreements at once: from the next message on it carries nothing of a patient.',
  path: object({ id: Id }),
  reply: object({ id: Id }),
})
