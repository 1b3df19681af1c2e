/** Who is acting: built once per request or job; every use case takes it first. */

/** People of the clinic. Each sees the least it needs: permissions.ts says what. */
export const staffRoles = [
  'front_desk',
  'scheduler',
  'nurse',
  'clinician',
  'biller',
  'quality_manager',
  'practice_admin',
  'auditor',
] as const
export type StaffRole = (typeof staffRoles)[number]

/**
 * anyone: a visitor who is not known. guest: holds a visit link. patient: signed in, for themselves or for another whom
 * they care for. client: a program. system: the product itself, never over HTTP.
 */
export type Role = 'anyone' | 'guest' | 'patient' | StaffRole | 'client' | 'system'

/** Every role that a request can come in. */
export const askingRoles: readonly Exclude<Role, 'system'>[] = ['anyone', 'guest', 'patient', ...staffRoles, 'client']

export interface Actor {
  readonly role: Role
  readonly organizationId: string
  /** A person, a program, a device or a job; 'anyone' for a visitor who is not known. */
  readonly id: string
  /** The patients this actor may touch as a patient (row-level security repeats it). Empty for staff and programs. */
  readonly patientIds: readonly string[]
  /** The account of somebody who signed in. */
  readonly personId?: string
  /** How they are signed in, and when they last proved who they are. */
  readonly session?: ActorSession
  /** The patient for whom a proxy acts, when it is not the proxy's own record. */
  readonly actingFor?: string
  /** What the proxy was given for that patient; absent when that is over: then nothing is open. */
  readonly proxy?: ActorProxy
  /** A visit link opens this one visit and nothing else of the patient. */
  readonly visitId?: string
  /** Of an app that somebody let in: it passes the FHIR door alone, and its scopes say what it may there. */
  readonly app?: ActorApp
  /** Of the request, so that the trail and the log can be joined. */
  readonly requestId?: string
}

/** What can be given to somebody who acts for another. */
export const proxyScopes = ['book', 'messages', 'bills', 'results'] as const
export type ProxyScope = (typeof proxyScopes)[number]

export interface ActorProxy {
  readonly scopes: readonly ProxyScope[]
  /** What is confidential to a teenager stays so from a parent. */
  readonly withoutConfidential: boolean
}

export interface ActorApp {
  readonly id: string
  /** SMART scopes, as they were granted. */
  readonly scopes: readonly string[]
  /** The patient that it was let in for. */
  readonly patientId?: string
}

export interface ActorSession {
  readonly id: string
  /** The last time this person proved who they are: sensitive changes ask for it to be fresh. */
  readonly provedAt: Temporal.Instant
  /** 1: one factor. 2: two, or a passkey that verified the person. */
  readonly assurance: number
  /** Signed in, but locked: may be unlocked or ended, nothing else. */
  readonly locked: boolean
  /** When this request came: what opens for a while is measured from it. */
  readonly askedAt?: Temporal.Instant
}

const ofClinic: ReadonlySet<Role> = new Set([...staffRoles, 'client'])

/** A person or a program that acts for the clinic, rather than for a patient. */
export const isStaff = (actor: Pick<Actor, 'role'>) => ofClinic.has(actor.role)

/** Somebody who acts as or for a patient, or is not known: the rules for patients hold. */
export const isPatientSide = ({ role }: Pick<Actor, 'role'>) =>
  role === 'anyone' || role === 'guest' || role === 'patient'

/** The product itself, acting by the clock or on a fact. */
export const system = (organizationId: string, job: string): Actor => ({
  role: 'system',
  organizationId,
  id: `system:${job}`,
  patientIds: [],
})
