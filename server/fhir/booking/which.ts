/** Which appointment a caller means: a proposed start, a hold of theirs, or a visit. Shared by `$hold` and `$book`. */
import { accessHold } from '../../scheduling/index.ts'
import { notFound, Refusal } from '../../platform/errors.ts'
import { isId } from '../../platform/ids.ts'
import type { Asking } from '../resources/kind.ts'
import { instantOf, slotId, startOf } from '../resources/slots.ts'
import type { Reference } from '../wire/parameters.ts'

/** What `hold` and `book` of scheduling are asked for. */
export interface Start {
  offeringId: string
  startsAt: string
  holdId?: string
}

/** The id in a reference to an Appointment of this server; ids of proposed ones hold a dot. Refuses `not_found`. */
export function appointmentId({ reference }: Reference, base: string): string {
  const local = reference?.startsWith(`${base}/`) ? reference.slice(base.length + 1) : reference
  const id = /^(?:Appointment\/)?([0-9a-zA-Z.-]{1,64})$/.exec(local ?? '')?.[1]
  if (id === undefined) throw notFound('appointment')
  return id
}

/** The start of a proposed appointment or of the caller's own hold. Refuses `not_found`. */
export async function startMeant({ tx, actor }: Asking, id: string): Promise<Start> {
  const start = startOf(id)
  if (start) return { offeringId: start.offeringId, startsAt: instantOf(start.minute).toString() }
  if (!isId(id)) throw notFound('appointment')
  const held = await accessHold(tx, actor, id)
  if (held.heldBy !== actor.id) throw notFound('appointment')
  return { offeringId: held.offeringId, startsAt: held.startsAt.toString(), holdId: held.id }
}

/** Says which appointments are open instead, by id, when somebody was faster. */
export function withProposals(error: unknown, offeringId: string): unknown {
  if (!(error instanceof Refusal) || !Array.isArray(error.extra['openings'])) return error
  const proposals = error.extra['openings'].map((opening: unknown) =>
    slotId({ offeringId, minute: Math.floor(Temporal.Instant.from(String(opening)).epochMilliseconds / 60_000) }),
  )
  return new Refusal(error.status, error.code, error.message, { ...error.extra, proposals })
}
