/** `Appointment/$hold` (IHE ITI-116): keeps a proposed appointment for five minutes. */
import { hold } from '../../scheduling/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import type { RequestKey } from '../../platform/once.ts'
import { appointmentResource } from '../resources/appointment.ts'
import type { Asking } from '../resources/kind.ts'
import { offeredByIds } from '../resources/offered.ts'
import { badRequest, remark, type Issue } from '../wire/outcome.ts'
import { single, type Expected, type Parameters } from '../wire/parameters.ts'
import type { Resource } from '../wire/resource.ts'
import { appointmentId, startMeant, withProposals } from './which.ts'

export const holdParameters: Expected = { 'appointment-reference': 'reference' }

/** Runs work in a transaction of its own, as the caller. */
export type Ask = <T>(work: (asking: Asking) => Promise<T>) => Promise<T>

export interface Done {
  appointment: Resource
  remarks?: Issue[]
}

/** Gives the appointment as `pending`. Refuses `slot_taken` with what is open instead. */
export async function holdAppointment(
  context: Context,
  actor: Actor,
  { ask, given, requestKey }: { ask: Ask; given: Parameters; requestKey: RequestKey | undefined },
): Promise<Done> {
  const meant = single('appointment-reference', given.references('appointment-reference'))
  if (!meant) throw badRequest('required', 'Say which appointment: appointment-reference.')
  const start = await ask((asking) => startMeant(asking, appointmentId(meant, asking.base)))
  const held = await hold(context, actor, start, requestKey).catch((error: unknown) => {
    throw withProposals(error, start.offeringId)
  })
  return ask(async (asking) => {
    const offered = (await offeredByIds(asking, [held.offeringId])).get(held.offeringId)
    if (!offered) throw new Error('the offering that was held is not to be seen')
    return {
      appointment: appointmentResource(asking.base, offered, { ...held, status: 'pending' }),
      remarks: [remark(`This appointment is kept until ${held.expiresAt.toString()}.`)],
    }
  })
}
