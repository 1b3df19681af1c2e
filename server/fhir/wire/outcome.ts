/** Every refusal of this door as an OperationOutcome (FHIR R4, http.html#3.1.0.1.5): cause by code, words for a person. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../../platform/errors.ts'
import { refusalOf } from '../../platform/http.ts'
import { searchset } from './bundle.ts'
import type { Resource } from './resource.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** IHE ITI-117: what goes wrong in $book comes inside a Bundle. */
    outcomeInBundle?: boolean
  }
}

/** FHIR's issue-type of a status; `code` of the refusal says more. */
const typeOfStatus: Record<number, string> = {
  400: 'invalid',
  401: 'login',
  403: 'forbidden',
  404: 'not-found',
  406: 'not-supported',
  409: 'conflict',
  410: 'deleted',
  412: 'conflict',
  413: 'too-long',
  415: 'not-supported',
  422: 'business-rule',
  429: 'throttled',
  503: 'transient',
}
const typeOfCode: Record<string, string> = {
  malformed: 'structure',
  required: 'required',
  bad_value: 'value',
  unknown_parameter: 'not-supported',
  not_supported: 'not-supported',
  too_costly: 'too-costly',
}

const internal = new Refusal(500, 'internal', 'Something went wrong on our side. Nothing was changed. Try again.')

/** What was asked of this door cannot be read: 400. Never says a value that was sent. */
export const badRequest = (code: 'required' | 'bad_value' | 'unknown_parameter' | 'malformed', message: string) =>
  new Refusal(400, code, message)

/** A parameter that is not implemented is refused: a filter that is ignored shows too much. */
export function refuseUnknown(name: string): Refusal {
  // A name that somebody made up may say anything; only what looks like a parameter is said back.
  const said = /^[A-Za-z_][A-Za-z._:-]{0,40}$/.test(name) ? `The parameter ${name}` : 'One of the parameters'
  return badRequest('unknown_parameter', `${said} is not supported here; /metadata lists those that are.`)
}

/** 422: it can be read, and is not offered here. */
export const notSupported = (message: string) => new Refusal(422, 'not_supported', message)

export interface Issue {
  severity: 'fatal' | 'error' | 'warning' | 'information'
  code: string
  details: { coding?: { system: string; code: string }[]; text: string }
  diagnostics?: string
}

export const outcome = (issue: readonly Issue[]): Resource => ({ resourceType: 'OperationOutcome', issue })

/** Something the caller should know though all went well. */
export const remark = (text: string, diagnostics?: string, severity: Issue['severity'] = 'information'): Issue => ({
  severity,
  code: 'informational',
  details: { text },
  ...(diagnostics !== undefined && { diagnostics }),
})

/** The one error handler of this door. A bug is logged in full and told as nothing. */
export function renderOutcome(base: string) {
  return function render(error: FastifyError | Refusal, request: FastifyRequest, reply: FastifyReply) {
    const refusal = refusalOf(error)
    if (refusal) request.log.info({ code: refusal.code }, 'refused')
    else request.log.error({ err: error }, 'unexpected')
    const told = outcome(issuesOf(refusal ?? internal, base, request.id))
    const { status, extra } = refusal ?? internal
    if (extra['retryAfter'] !== undefined) reply.header('retry-after', extra['retryAfter'])
    if (status === 401) reply.header('www-authenticate', 'Bearer')
    const inBundle = request.routeOptions.config.outcomeInBundle === true && ![401, 403, 413, 415].includes(status)
    return reply
      .code(status)
      .type('application/fhir+json')
      .send(inBundle ? searchset({ base, total: 0, remarks: told }) : told)
  }
}

function issuesOf({ status, code, message, extra }: Refusal, base: string, requestId: string): Issue[] {
  const coding = [{ system: `${base}/CodeSystem/refusal`, code }]
  const type = typeOfCode[code] ?? typeOfStatus[status] ?? (status >= 500 ? 'exception' : 'processing')
  const first: Issue = {
    severity: 'fatal',
    code: type,
    details: { coding, text: message },
    diagnostics: `request ${requestId}`,
  }
  // IHE ITI-116: an appointment that can not be held any more is, for the caller, not found.
  const gone: Issue = {
    severity: 'fatal',
    code: 'not-found',
    details: { coding, text: 'This appointment is not available any more.' },
  }
  const instead = Array.isArray(extra['proposals']) ? extra['proposals'].map(String) : []
  return [
    first,
    ...(code === 'slot_taken' ? [gone] : []),
    ...instead.map((id) => remark('This one is open instead.', `Appointment/${id}`)),
  ]
}
