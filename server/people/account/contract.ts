/** What people can be asked about their own account: passkeys, password, codes, devices. */
import { Type } from 'typebox'
import { endpoint, Id, Moment, object } from '../../platform/endpoint.ts'
import { AppCode, NewPasskey, Password, PasskeyOptions, ProveAgain, SessionRole, Step } from '../sign-in/contract.ts'

const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Text = Type.String()

export const readAccount = endpoint('GET /api/people/account', 'account.use', {
  summary: 'The own account: how one can sign in, and how fresh the last proof of it is.',
  reply: object({
    name: orNull(Text),
    contacts: Type.Array(object({ kind: Type.Enum(['phone', 'email']), value: Text })),
    passkeys: Type.Array(
      object({ id: Id, label: Text, createdAt: Moment, usedAt: orNull(Moment), backedUp: Type.Boolean() }),
    ),
    password: Type.Boolean(),
    totp: Type.Boolean(),
    recoveryCodesLeft: Type.Integer(),
    roles: Type.Array(SessionRole),
    /** Until when sensitive changes need no new proof. */
    provedUntil: Moment,
  }),
})

export const proveItIsMe = endpoint('POST /api/people/account/proof', 'account.use', {
  summary: 'Proves again who is signed in, for a change that matters. Refusals `prove_again` ask for this.',
  body: ProveAgain,
  reply: object({ provedUntil: Moment }),
})

export const startPasskey = endpoint('POST /api/people/account/passkeys/options', 'account.use', {
  summary: 'A challenge to make a new passkey with. Good for five minutes, once.',
  reply: PasskeyOptions,
})

export const addPasskey = endpoint('POST /api/people/account/passkeys', 'account.use', {
  summary: 'Adds a passkey to the own account. The person is told.',
  body: object({ step: Step, answer: NewPasskey, label: Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' }) }),
  reply: object({ id: Id }),
})

export const removePasskey = endpoint('POST /api/people/account/passkeys/:id/removal', 'account.use', {
  summary: 'Removes a passkey. Refused `last_way_in` when staff would be left without two factors.',
  path: object({ id: Id }),
  reply: object({ id: Id }),
})

export const setPassword = endpoint('POST /api/people/account/password', 'account.use', {
  summary: 'Sets the password: twelve characters or more, none that is guessed first. Signs out the other devices.',
  body: object({ password: Password }),
  reply: object({ set: Type.Boolean() }),
})

export const startTotp = endpoint('POST /api/people/account/totp/options', 'account.use', {
  summary: 'A secret for an authenticator app, as a picture’s text and to type. It counts once a code confirms it.',
  reply: object({ step: Step, uri: Text, secret: Text }),
})

export const setTotp = endpoint('POST /api/people/account/totp', 'account.use', {
  summary: 'Turns the authenticator app on, with a first code from it.',
  body: object({ step: Step, code: AppCode }),
  reply: object({ set: Type.Boolean() }),
})

export const removeTotp = endpoint('POST /api/people/account/totp/removal', 'account.use', {
  summary: 'Turns the app off. Refused `last_way_in` when staff would be left without two factors.',
  reply: object({ removed: Type.Boolean() }),
})

export const makeRecoveryCodes = endpoint('POST /api/people/account/recovery-codes', 'account.use', {
  summary: 'Ten new recovery codes, shown once; the old ones open nothing any more.',
  reply: object({ codes: Type.Array(Text) }),
})

export const listDevices = endpoint('GET /api/people/account/devices', 'account.use', {
  summary: 'Where this account is signed in.',
  reply: object({
    devices: Type.Array(
      object({ id: Id, device: Text, role: SessionRole, since: Moment, seenAt: Moment, thisOne: Type.Boolean() }),
    ),
  }),
})

export const endDevice = endpoint('POST /api/people/account/devices/:id/end', 'account.use', {
  summary: 'Signs out on one device. It is out on its next request.',
  path: object({ id: Id }),
  reply: object({ id: Id }),
})

export const signOutEverywhere = endpoint('POST /api/people/account/devices/end', 'account.use', {
  summary: 'Signs out on every device but this one.',
  reply: object({ ended: Type.Integer() }),
})
