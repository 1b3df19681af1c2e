/** As whom a request acts, by its scopes: each names a kind of actor, a type and what may be done. Deny by default. */
import type { Actor } from '../../platform/actor.ts'
import { Refusal } from '../../platform/errors.ts'
import { may } from '../../platform/permissions.ts'
import { allows, type Operation, type ScopeContext } from './scopes.ts'

/** What a request needs: all of these operations on resources of this type. */
export interface Need {
  type: string
  operations: readonly Operation[]
  /** Takes time from a clinician's day: not for apps of patients, nor for colleagues who do not book. */
  books?: boolean
  /** Facts of the directory: open to all; an app still needs the scope it asks with. */
  isPublic?: true | undefined
}

/**
 * The actor to work as: a program of ours as itself; a backend app as a program; an app of a person as that person, or
 * as the one patient of its launch and no more. Refuses `insufficient_scope` (RFC 6750 §3.1).
 */
export function actingFor(actor: Actor, need: Need): Actor {
  const acting = byScopes(actor, need)
  const booksInVain = need.books && acting?.app && (acting.role === 'patient' || !may(acting, 'appointment.book'))
  if (acting && !booksInVain) return acting
  throw new Refusal(403, 'insufficient_scope', 'This app was not let do this. Ask for more when you connect it.')
}

/** Whether what a search brings along may be shown as well. */
export const mayShow = (actor: Actor, type: string) => byScopes(actor, { type, operations: ['r'] }) !== undefined

function byScopes(actor: Actor, { type, operations }: Need): Actor | undefined {
  const { app } = actor
  if (!app) return actor
  const has = (context: ScopeContext) => operations.every((one) => allows(app.scopes, context, type, one))
  if (actor.role === 'client') return has('system') ? actor : undefined
  if (has('user')) return actor
  if (app.patientId === undefined || !has('patient')) return undefined
  if (actor.role === 'patient') return actor.patientIds.includes(app.patientId) ? actor : undefined
  // A colleague's app that was started for one patient sees that one as the patient's own app would.
  return { ...actor, role: 'patient', patientIds: [app.patientId], id: `app:${app.id}` }
}
