/** Codes of an authenticator app (RFC 6238): six digits, thirty seconds, one step of slack, each good once. */
import * as OTPAuth from 'otpauth'
import { randomBytes } from 'node:crypto'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { seal, unseal } from './sealed.ts'
import './tables.ts'

const period = 30
const secretBytes = 20

export const newTotpSecret = () => randomBytes(secretBytes)

/** What an app reads from a picture, and what is typed where there is no camera (base32). */
export function totpSetUp(secret: Uint8Array, issuer: string, label: string) {
  const totp = new OTPAuth.TOTP({ issuer, label, secret: secretOf(secret), period })
  return { uri: totp.toString(), secret: secretOf(secret).base32 }
}

/** The step a code belongs to, the last, this or the next one; undefined for a wrong code. Pure but for the clock given. */
export function stepOf(secret: Uint8Array, code: string, now: Temporal.Instant): number | undefined {
  const timestamp = now.epochMilliseconds
  const off = OTPAuth.TOTP.validate({ token: code, secret: secretOf(secret), period, timestamp, window: 1 })
  return off === null ? undefined : Math.floor(timestamp / 1000 / period) + off
}

export const totpPlace = (organizationId: string, personId: string) => `people.totp ${organizationId} ${personId}`

/** Keeps the secret of a person's app; the code that confirmed it is used up. */
export async function keepTotp(
  { keys, now }: Context,
  tx: Tx,
  { organizationId, personId }: { organizationId: string; personId: string },
  { secret, step }: { secret: Uint8Array; step: number },
) {
  const kept = { sealedSecret: seal(keys, totpPlace(organizationId, personId), secret), lastStep: step, setAt: now() }
  await tx
    .insertInto('people.totp')
    .values({ organizationId, personId, ...kept })
    .onConflict((same) => same.columns(['organizationId', 'personId']).doUpdateSet(kept))
    .execute()
}

/** Whether this is the right code now, and was not used before. Of two who come with one code, one is right. */
export async function useTotp(
  { keys, now }: Context,
  tx: Tx,
  { organizationId, personId }: { organizationId: string; personId: string },
  code: string,
): Promise<boolean> {
  const kept = await tx
    .selectFrom('people.totp')
    .where('organizationId', '=', organizationId)
    .where('personId', '=', personId)
    .select('sealedSecret')
    .executeTakeFirst()
  if (!kept) return false
  const step = stepOf(unseal(keys, totpPlace(organizationId, personId), kept.sealedSecret), code, now())
  if (step === undefined) return false
  const used = await tx
    .updateTable('people.totp')
    .set({ lastStep: step })
    .where('organizationId', '=', organizationId)
    .where('personId', '=', personId)
    .where('lastStep', '<', step)
    .returning('personId')
    .executeTakeFirst()
  return used !== undefined
}

const secretOf = (bytes: Uint8Array) => new OTPAuth.Secret({ buffer: Uint8Array.from(bytes).buffer })
