/**
 * Passkeys (WebAuthn Level 3): made for this site only, used only by somebody whom the device made sure of, each
 * challenge once. A counter that goes back is a copied key, and opens nothing.
 */
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { isoBase64URL } from '@simplewebauthn/server/helpers'
import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { withinSignIn, type Tx } from '../../platform/db.ts'
import { invalid, Refusal } from '../../platform/errors.ts'
import { goodForMinutes, newChallenge, openCeremony, takeCeremony } from './ceremonies.ts'
import type { NewPasskey, PasskeyAnswer } from './contract.ts'
import './tables.ts'

/** One refusal for every passkey that does not open: unknown, of somebody who has left, wrong site, copied. */
export const wrongPasskey = () =>
  new Refusal(401, 'wrong_passkey', 'This passkey does not open an account here. Try another way to sign in.')

const siteOf = ({ config }: Pick<Context, 'config'>) => {
  const { hostname, origin } = new URL(config.publicUrl)
  return { rpID: hostname, origin }
}

/** Opens a challenge that any passkey of this site may answer. */
export async function askForPasskey(context: Context, organizationId: string) {
  const challenge = newChallenge()
  const step = await withinSignIn(context.db, organizationId, (tx) =>
    openCeremony(context, tx, { organizationId, kind: 'passkey', minutes: goodForMinutes.passkey }, { challenge }),
  )
  const { rpID } = siteOf(context)
  const options = await generateAuthenticationOptions({
    rpID,
    challenge: isoBase64URL.toBuffer(challenge),
    userVerification: 'required',
    timeout: goodForMinutes.passkey * 60_000,
  })
  return { step, options }
}

/** Whose passkey answered; its challenge is used up either way. Refuses `step_over` and `wrong_passkey`. */
export async function readPasskeyAnswer(
  context: Context,
  organizationId: string,
  { step, answer }: { step: string; answer: PasskeyAnswer },
): Promise<{ personId: string }> {
  const { db, now } = context
  const { challenge, passkey } = await withinSignIn(db, organizationId, async (tx) => ({
    challenge: (await takeCeremony(context, tx, { organizationId, kind: 'passkey', token: step })).challenge ?? '',
    passkey: await livePasskey(tx, organizationId, answer.id),
  }))
  if (!passkey) throw wrongPasskey()
  const { rpID, origin } = siteOf(context)
  const verified = await verifyAuthenticationResponse({
    response: answer as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: true,
    credential: { id: passkey.credentialId, publicKey: Uint8Array.from(passkey.publicKey), counter: passkey.counter },
  }).catch(() => undefined)
  if (!verified?.verified || !isHandleOf(answer, passkey.handle)) throw wrongPasskey()
  const { newCounter, credentialBackedUp } = verified.authenticationInfo
  const used = await withinSignIn(db, organizationId, (tx) =>
    tx
      .updateTable('people.passkey')
      .set({ counter: newCounter, backedUp: credentialBackedUp, usedAt: now() })
      .where('organizationId', '=', organizationId)
      .where('id', '=', passkey.id)
      .where('removedAt', 'is', null)
      // Again in the same breath as the write: of two copies that answer at once, one is refused.
      .where((row) =>
        row.or([
          row('counter', '<', newCounter),
          row.and([row('counter', '=', 0), row(sql.lit(newCounter), '=', sql.lit(0))]),
        ]),
      )
      .returning('id')
      .executeTakeFirst(),
  )
  if (!used) throw wrongPasskey()
  return { personId: passkey.personId }
}

function livePasskey(tx: Tx, organizationId: string, credentialId: string) {
  return tx
    .selectFrom('people.passkey as k')
    .innerJoin('people.person as p', (on) =>
      on.onRef('p.organizationId', '=', 'k.organizationId').onRef('p.id', '=', 'k.personId'),
    )
    .where('k.organizationId', '=', organizationId)
    .where('k.credentialId', '=', credentialId)
    .where('k.removedAt', 'is', null)
    .where('p.endedAt', 'is', null)
    .select(['k.id', 'k.personId', 'k.credentialId', 'k.publicKey', 'k.counter', 'p.handle'])
    .executeTakeFirst()
}

/** A passkey says whose it thinks it is: it must be who we think it is. */
const isHandleOf = ({ response }: PasskeyAnswer, handle: string) =>
  response.userHandle === undefined || response.userHandle === isoBase64URL.fromBuffer(handleBytes(handle))

const handleBytes = (handle: string) => Uint8Array.from(Buffer.from(handle.replaceAll('-', ''), 'hex'))

/** Opens a challenge to make a new passkey of this person, on a device that has none of theirs. */
export async function askForNewPasskey(
  context: Context,
  organizationId: string,
  { personId, label }: { personId: string; label: string },
) {
  const challenge = newChallenge()
  const { step, person, passkeys } = await withinSignIn(context.db, organizationId, async (tx) => ({
    step: await openCeremony(
      context,
      tx,
      { organizationId, kind: 'passkey_new', minutes: goodForMinutes.passkey_new },
      { challenge, personId },
    ),
    person: await tx
      .selectFrom('people.person')
      .where('organizationId', '=', organizationId)
      .where('id', '=', personId)
      .select(['handle', 'name'])
      .executeTakeFirstOrThrow(),
    passkeys: await tx
      .selectFrom('people.passkey')
      .where('organizationId', '=', organizationId)
      .where('personId', '=', personId)
      .where('removedAt', 'is', null)
      .select(['credentialId', 'transports'])
      .execute(),
  }))
  const { rpID } = siteOf(context)
  const options = await generateRegistrationOptions({
    rpName: 'Attend',
    rpID,
    userName: label,
    userDisplayName: person.name ?? label,
    userID: handleBytes(person.handle),
    challenge: isoBase64URL.toBuffer(challenge),
    attestationType: 'none',
    excludeCredentials: passkeys.map(({ credentialId: id, transports }) => ({ id, transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    timeout: goodForMinutes.passkey_new * 60_000,
  })
  return { step, options }
}

/** What a new passkey is, ready to keep; its challenge is used up either way. Refuses `step_over` and `passkey_unfit`. */
export async function readNewPasskey(
  context: Context,
  { organizationId, personId }: { organizationId: string; personId: string },
  { step, answer }: { step: string; answer: NewPasskey },
) {
  const ceremony = await withinSignIn(context.db, organizationId, (tx) =>
    takeCeremony(context, tx, { organizationId, kind: 'passkey_new', token: step }),
  )
  const { rpID, origin } = siteOf(context)
  const made = await verifyRegistrationResponse({
    response: answer as Parameters<typeof verifyRegistrationResponse>[0]['response'],
    expectedChallenge: ceremony.challenge ?? '',
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: true,
  }).catch(() => undefined)
  if (!made?.verified || ceremony.personId !== personId)
    throw invalid('passkey_unfit', 'This passkey could not be added. Try again, or on another device.')
  const { credential, credentialDeviceType, credentialBackedUp } = made.registrationInfo
  return {
    credentialId: credential.id,
    publicKey: Buffer.from(credential.publicKey),
    counter: credential.counter,
    transports: credential.transports ?? [],
    backupEligible: credentialDeviceType === 'multiDevice',
    backedUp: credentialBackedUp,
  }
}

/** Keeps it. Refuses `passkey_known` when it is there already, whoever's it is. */
export async function keepPasskey(
  { now }: Context,
  tx: Tx,
  owner: { organizationId: string; personId: string },
  made: Awaited<ReturnType<typeof readNewPasskey>> & { label: string },
): Promise<string> {
  const kept = await tx
    .insertInto('people.passkey')
    .values({ ...owner, ...made, createdAt: now() })
    .onConflict((same) => same.columns(['organizationId', 'credentialId']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!kept) throw invalid('passkey_known', 'This passkey is here already.')
  return kept.id
}
