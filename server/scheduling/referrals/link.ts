/** The signed link of a referral: opens it without an account, until a visit answers it, it is over, or a newer link is sent. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Actor } from '../../platform/actor.ts'
import type { Keys } from '../../platform/ids.ts'

export interface ReferralLink {
  organizationId: string
  referralId: string
  patientId: string
  /** Which sending: only the newest opens anything. */
  number: number
}

const bodyBytes = 34
const macBytes = 12

/** Not forgeable. The organization is not in it: it opens at its own address only. */
export function referralToken(keys: Keys, { organizationId, referralId, patientId, number }: ReferralLink): string {
  const body = Buffer.alloc(bodyBytes)
  body.write(referralId.replaceAll('-', ''), 0, 'hex')
  body.write(patientId.replaceAll('-', ''), 16, 'hex')
  body.writeUInt16BE(number, 32)
  return Buffer.concat([body, macOf(keys.of('referral link'), organizationId, body)]).toString('base64url')
}

/** What a token opens in this organization; undefined when it was not made here. */
export function readReferralToken(keys: Keys, organizationId: string, token: string): ReferralLink | undefined {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== bodyBytes + macBytes || bytes.toString('base64url') !== token) return undefined
  const [body, mac] = [bytes.subarray(0, bodyBytes), bytes.subarray(bodyBytes)]
  if (!keys.all('referral link').some((key) => timingSafeEqual(mac, macOf(key, organizationId, body)))) return undefined
  const [referralId, patientId] = [uuid(body.subarray(0, 16)), uuid(body.subarray(16, 32))]
  return { organizationId, referralId, patientId, number: body.readUInt16BE(32) }
}

const macOf = (key: Buffer, organizationId: string, body: Buffer) =>
  createHmac('sha256', key).update(organizationId).update(body).digest().subarray(0, macBytes)

function uuid(bytes: Buffer): string {
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Who holds the link: a guest who may touch this one patient. */
export const holderOfLink = ({ organizationId, referralId, patientId }: ReferralLink): Actor => ({
  role: 'guest',
  organizationId,
  id: `referral:${referralId}`,
  patientIds: [patientId],
})

/** The address that goes into messages. The token is in the fragment, so that no server or proxy writes it down. */
export const referralUrl = (publicUrl: string, token: string) => `${publicUrl}/r#${token}`
