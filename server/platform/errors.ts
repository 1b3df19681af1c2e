/** Every refusal a person can meet, rendered as problem+json by the API and as an OperationOutcome by the FHIR door. */

/** What else a program may need to go on: the next openings, the cut-off, the filter to relax. Never health information. */
export type Extra = Readonly<Record<string, unknown>>

export class Refusal extends Error {
  override name = 'Refusal'
  readonly status: number
  /** snake_case, says the cause to a program; the web translates by it. */
  readonly code: string
  readonly extra: Extra
  constructor(status: number, code: string, message: string, extra: Extra = {}) {
    super(message)
    this.status = status
    this.code = code
    this.extra = extra
  }
}

export const unauthenticated = () => new Refusal(401, 'unauthenticated', 'Sign in first.')
/** Signed in, but locked: unlock, then ask again. */
export const locked = () => new Refusal(401, 'locked', 'This screen is locked. Unlock it first.')
export const forbidden = () => new Refusal(403, 'forbidden', 'You may not do this.')
export const notFound = (what: string) => new Refusal(404, 'not_found', `No such ${what}.`)
export const conflict = (code: string, message: string, extra?: Extra) => new Refusal(409, code, message, extra)
export const invalid = (code: string, message: string, extra?: Extra) => new Refusal(422, code, message, extra)
/** Too many tries; `retryAfter` in seconds is also sent as the Retry-After header. */
export const tooMany = (message: string, retryAfter: number) =>
  new Refusal(429, 'too_many_tries', message, { retryAfter })
