/** Who is acting: built once per request or job; every use case takes it first. */

export type Role = 'anyone' | 'guest' | 'front_desk' | 'client' | 'system'

export interface Actor {
  readonly role: Role
  readonly organizationId: string
  /** A person, a program, a device or a job; 'anyone' for a visitor who is not known. */
  readonly id: string
  /** The patients this actor may touch as a patient (row-level security repeats it). Empty for staff and programs. */
  readonly patientIds: readonly string[]
  /** A visit link opens this one visit and nothing else of the patient. */
  readonly visitId?: string
  /** Of the request, so that the trail and the log can be joined. */
  readonly requestId?: string
}

/** Declared by every endpoint; the app refuses to start when one is missing. 'anyone' needs no credential. */
export type Audience = readonly Role[]

/** Everybody, signed in or not: public facts only. */
export const anyone: Audience = ['anyone', 'guest', 'front_desk', 'client']

export const isStaff = (actor: Actor) => actor.role === 'front_desk' || actor.role === 'client'

/** The product itself, acting by the clock or on a fact. */
export const system = (organizationId: string, job: string): Actor => ({
  role: 'system',
  organizationId,
  id: `system:${job}`,
  patientIds: [],
})
