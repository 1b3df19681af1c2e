/** A signed link that opens one visit without an account, until a day after it has ended. Short enough for a text. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Actor } from '../platform/actor.ts'
import type { Context } from '../platform/context.ts'
import type { Keys } from '../platform/ids.ts'

export interface VisitLink {
  organizationId: string
  visitId: string
  patientId: string
  /** The last moment at which it opens, to the hour. */
  until: Temporal.Instant
  /** Of a proxy: it opens only while what was given to this person stands. */
  personId?: string
}

const bodyBytes = 35
const idBytes = 16
const macBytes = 12

/** The token of a visit link: 47 bytes, not forgeable. The organization is not in it: it opens at its own address only. */
export function visitToken(keys: Keys, { organizationId, visitId, patientId, until, personId }: VisitLink): string {
  const body = Buffer.alloc(bodyBytes + (personId === undefined ? 0 : idBytes))
  body.write(visitId.replaceAll('-', ''), 0, 'hex')
  body.write(patientId.replaceAll('-', ''), 16, 'hex')
  if (personId !== undefined) body.write(personId.replaceAll('-', ''), bodyBytes, 'hex')
  body.writeUIntBE(Math.ceil(until.epochMilliseconds / 3_600_000), 32, 3)
  return Buffer.concat([body, macOf(keys.of('visit link'), organizationId, body)]).toString('base64url')
}

/** The same for whoever is signed in: a proxy's opens only as long as they may act for the patient. */
export function visitTokenFor(keys: Keys, { actingFor, personId }: Actor, link: VisitLink): string {
  return visitToken(keys, { ...link, ...(actingFor !== undefined && personId !== undefined && { personId }) })
}

/** What a token opens in this organization; undefined when it was not made here or its time is over. */
export function readVisitToken(
  { keys, now }: Pick<Context, 'keys' | 'now'>,
  organizationId: string,
  token: string,
): VisitLink | undefined {
  const bytes = Buffer.from(token, 'base64url')
  const body = bytes.subarray(0, -macBytes)
  const isOfProxy = body.length === bodyBytes + idBytes
  if ((body.length !== bodyBytes && !isOfProxy) || bytes.toString('base64url') !== token) return undefined
  const mac = bytes.subarray(-macBytes)
  const isOurs = keys.all('visit link').some((key) => timingSafeEqual(mac, macOf(key, organizationId, body)))
  if (!isOurs) return undefined
  const until = Temporal.Instant.fromEpochMilliseconds(body.readUIntBE(32, 3) * 3_600_000)
  if (Temporal.Instant.compare(until, now()) < 0) return undefined
  const [visitId, patientId] = [uuid(body.subarray(0, 16)), uuid(body.subarray(16, 32))]
  return {
    organizationId,
    visitId,
    patientId,
    until,
    ...(isOfProxy && { personId: uuid(body.subarray(bodyBytes)) }),
  }
}

const macOf = (key: Buffer, organizationId: string, body: Buffer) =>
  createHmac('sha256', key).update(organizationId).update(body).digest().subarray(0, macBytes)

function uuid(bytes: Buffer): string {
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** The address that goes into messages. The token is in the fragment, so that no server or proxy writes it down. */
export const visitUrl = (publicUrl: string, token: string) => `${publicUrl}/v#${token}`
