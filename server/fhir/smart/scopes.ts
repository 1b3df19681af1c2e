/** SMART scopes (SMART App Launch 2.2, Scopes and Launch Context): read strictly; what is not understood allows nothing. */
import { kinds } from '../resources/index.ts'

export type ScopeContext = 'patient' | 'user' | 'system'
/** create, read, update, delete, search. */
export type Operation = 'c' | 'r' | 'u' | 'd' | 's'

export interface ResourceScope {
  context: ScopeContext
  /** A type of this door, or `*`. */
  type: string
  operations: ReadonlySet<Operation>
}

const order: readonly Operation[] = ['c', 'r', 'u', 'd', 's']
/** SMART 1.0 wrote words; each means these letters (§ scope equivalence). */
const older: Record<string, string> = { read: 'rs', write: 'cud', '*': 'cruds' }
const types = [...kinds.map(({ type }) => type), '*']

/** About who, for whom and how long, rather than about resources. */
export const plainScopes = [
  'openid',
  'fhirUser',
  'launch',
  'launch/patient',
  'offline_access',
  'online_access',
] as const

/**
 * Reads `patient/Appointment.rs`. Letters come in the order of `cruds`, each once. Scopes narrowed by a query
 * (`?category=...`) are not granted: none of the types here has a category to narrow by.
 */
export function readScope(text: string): ResourceScope | undefined {
  const [, context, type = '', letters = ''] = /^(patient|user|system)\/([A-Za-z]+|\*)\.([a-z]+|\*)$/.exec(text) ?? []
  if (context === undefined || !types.includes(type)) return undefined
  const said = older[letters] ?? letters
  const operations = order.filter((one) => said.includes(one))
  if (said === '' || operations.join('') !== said) return undefined
  return { context: context as ScopeContext, type, operations: new Set(operations) }
}

/** Every scope that can be asked for: the provider knows scopes by name only. */
export function everyScope(): string[] {
  const letters = Array.from({ length: 2 ** order.length - 1 }, (_, i) =>
    order.filter((_one, bit) => ((i + 1) >> bit) & 1).join(''),
  )
  const contexts: ScopeContext[] = ['patient', 'user', 'system']
  const ofResources = contexts.flatMap((context) =>
    types.flatMap((type) => [...letters, ...Object.keys(older)].map((said) => `${context}/${type}.${said}`)),
  )
  return [...plainScopes, ...ofResources]
}

/** Whether an app that may have `allowed` at most may ask for `asked`. */
export function isWithin(allowed: readonly string[], asked: string): boolean {
  if (allowed.includes(asked)) return true
  const wanted = readScope(asked)
  if (!wanted) return false
  return allowed.some((one) => {
    const most = readScope(one)
    return (
      most !== undefined &&
      most.context === wanted.context &&
      (most.type === '*' || most.type === wanted.type) &&
      wanted.operations.isSubsetOf(most.operations)
    )
  })
}

/** Whether these scopes let `context` do `operation` to resources of `type`. */
export function allows(scopes: readonly string[], context: ScopeContext, type: string, operation: Operation): boolean {
  return scopes.some((text) => {
    const scope = readScope(text)
    return scope?.context === context && (scope.type === '*' || scope.type === type) && scope.operations.has(operation)
  })
}

/** What the discovery document names: each type can be read and searched, so two lines a context say it. */
export const namedScopes = [...plainScopes, ...(['patient', 'user', 'system'] as const).map((who) => `${who}/*.rs`)]
