/** A signed link that opens one visit without an account, until a day after it has ended. */
import type { Context } from '../platform/context.ts'
import { isId, sign, verified, type Keys } from '../platform/ids.ts'

export interface VisitLink {
  organizationId: string
  visitId: string
  patientId: string
  /** The last second at which it opens, since 1970. */
  until: number
}

/** The token of a visit link: readable, not forgeable. */
export function visitToken(keys: Keys, link: VisitLink): string {
  return sign(keys.of('visit link'), [link.organizationId, link.visitId, link.patientId, link.until].join(' '))
}

/** What a token opens, or undefined when it was not made here or its time is over. */
export function readVisitToken({ keys, now }: Pick<Context, 'keys' | 'now'>, token: string): VisitLink | undefined {
  const words = verified(keys.of('visit link'), token)?.split(' ') ?? []
  const [organizationId, visitId, patientId, until] = words
  if (!organizationId || !visitId || !patientId || !until || ![organizationId, visitId, patientId].every(isId)) return undefined
  if (Number(until) * 1000 < now().epochMilliseconds) return undefined
  return { organizationId, visitId, patientId, until: Number(until) }
}

/** The address that goes into messages. The token is in the fragment, so that no server or proxy writes it down. */
export const visitUrl = (publicUrl: string, token: string) => `${publicUrl}/visit#${token}`
