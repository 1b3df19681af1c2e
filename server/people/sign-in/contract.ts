/** What sign-in can be asked: passkey, password with a second factor, one-time code; and the session on this device. */
import { Type, type Static } from 'typebox'
import { staffRoles } from '../../platform/actor.ts'
import { endpoint, Id, Moment, object } from '../../platform/endpoint.ts'

const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Text = Type.String()
const Bytes = Type.String({ maxLength: 20_000, pattern: '^[A-Za-z0-9_-]*$' })

/** Names the next step of a sign-in that is under way: 256 bits that only this browser has. */
export const Step = Type.String({ pattern: '^step_[A-Za-z0-9_-]{43}$' })
export const Password = Type.String({ minLength: 1, maxLength: 1000 })
export const AppCode = Type.String({ pattern: '^[0-9]{6}$' })
export const Proof = Type.String({ minLength: 10, maxLength: 1000 })
export const sessionRoles = ['patient', ...staffRoles] as const
export const SessionRole = Type.Enum([...sessionRoles])

/** Made by the browser: what a passkey says when it is used (WebAuthn AuthenticationResponseJSON). */
export const PasskeyAnswer = object({
  id: Bytes,
  rawId: Bytes,
  type: Type.Literal('public-key'),
  authenticatorAttachment: Type.Optional(Text),
  clientExtensionResults: Type.Object({}),
  response: object({
    clientDataJSON: Bytes,
    authenticatorData: Bytes,
    signature: Bytes,
    userHandle: Type.Optional(Bytes),
  }),
})
/** And when it is made (RegistrationResponseJSON). */
export const NewPasskey = object({
  id: Bytes,
  rawId: Bytes,
  type: Type.Literal('public-key'),
  authenticatorAttachment: Type.Optional(Text),
  clientExtensionResults: Type.Object({}),
  response: object({
    clientDataJSON: Bytes,
    attestationObject: Bytes,
    authenticatorData: Type.Optional(Bytes),
    transports: Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { maxItems: 10 })),
    publicKeyAlgorithm: Type.Optional(Type.Integer()),
    publicKey: Type.Optional(Bytes),
  }),
})
export type PasskeyAnswer = Static<typeof PasskeyAnswer>
export type NewPasskey = Static<typeof NewPasskey>

export type SignInReply = Static<typeof SignInReply>
export const SignInReply = object({
  /** second_factor: nobody is signed in yet; go on with `step` by one of `methods`. */
  state: Type.Enum(['signed_in', 'second_factor']),
  name: orNull(Text),
  role: orNull(SessionRole),
  step: orNull(Step),
  methods: Type.Array(Type.Enum(['totp', 'recovery_code'])),
})

/** Hand `options` to the browser's passkey function as they are. */
export const PasskeyOptions = object({ step: Step, options: Type.Unknown() })

export const startPasskeySignIn = endpoint('POST /api/people/sign-in/passkey/options', 'session.use', {
  summary: 'A challenge for a passkey: no name is asked for, so none can be found out. Good for five minutes, once.',
  reply: PasskeyOptions,
})

export const signInWithPasskey = endpoint('POST /api/people/sign-in/passkey', 'session.use', {
  summary: 'Signs in with a passkey that made sure who uses it: as good as two factors.',
  body: object({ step: Step, answer: PasskeyAnswer }),
  reply: SignInReply,
})

export const signInWithPassword = endpoint('POST /api/people/sign-in/password', 'session.use', {
  summary: 'Signs in with email or phone and password. The same refusal whether or not there is such an account.',
  body: object({ name: Type.String({ minLength: 3, maxLength: 254 }), password: Password }),
  reply: SignInReply,
})

export const giveSecondFactor = endpoint('POST /api/people/sign-in/second-factor', 'session.use', {
  summary: 'The second factor of a sign-in: a code from an app, or one of the recovery codes.',
  body: object({
    step: Step,
    code: Type.Optional(AppCode),
    recoveryCode: Type.Optional(Type.String({ minLength: 10, maxLength: 20 })),
  }),
  reply: SignInReply,
})

export const signInWithProof = endpoint('POST /api/people/sign-in/code', 'session.use', {
  summary: 'Signs a patient in who proved a phone or email (contact-codes); opens an account when there is none yet.',
  body: object({ proof: Proof, language: Type.Optional(Type.Enum(['en', 'es'])) }),
  reply: SignInReply,
})

export const resetPassword = endpoint('POST /api/people/sign-in/password-reset', 'session.use', {
  summary:
    'A new password for whoever proved the account’s phone or email. Signs out everywhere; a second factor stays.',
  body: object({ proof: Proof, password: Password }),
  reply: object({ reset: Type.Boolean() }),
})

// The session on this device

export const demoSignIn = endpoint('POST /api/people/demo-session', 'session.use', {
  summary: 'Signs in to the demo clinic as any role, on this machine only. Production refuses it.',
  body: object({ role: Type.Optional(SessionRole) }),
  reply: object({ name: Text, role: SessionRole }),
})

export const readSession = endpoint('GET /api/people/session', 'session.use', {
  summary: 'Who is signed in on this device, if anybody; until when; whether the screen is locked.',
  reply: object({
    /** Tells one person from another, so that a page is never gone on with by somebody else. */
    personId: orNull(Id),
    name: orNull(Text),
    /** The role acted in; 'anyone' when nobody is signed in or the screen is locked. */
    role: Text,
    locked: Type.Boolean(),
    /** Every role this person may act in. */
    roles: Type.Array(SessionRole),
    idleMinutes: orNull(Type.Integer()),
    expiresAt: orNull(Moment),
    /** What this person can unlock the screen with; `demo`: by one press, as they signed in. */
    unlockBy: object({
      passkey: Type.Boolean(),
      password: Type.Boolean(),
      totp: Type.Boolean(),
      demo: Type.Boolean(),
    }),
  }),
})

export const signOut = endpoint('POST /api/people/session/end', 'session.use', {
  summary: 'Signs out on this device.',
  reply: object({ ended: Type.Boolean() }),
})

export const lockSession = endpoint('POST /api/people/session/lock', 'account.use', {
  summary:
    'Locks the screen: the session opens nothing until the same person unlocks it. The page keeps what was typed.',
  reply: object({ locked: Type.Boolean() }),
})

/** One way to show that it is still you. */
export type ProveAgain = Static<typeof ProveAgain>
export const ProveAgain = object({
  passkey: Type.Optional(object({ step: Step, answer: PasskeyAnswer })),
  password: Type.Optional(Password),
  /** With the password, when an app is set up. */
  code: Type.Optional(AppCode),
  /** Patients who have neither: a code to their own phone or email. */
  proof: Type.Optional(Proof),
})

export const unlockSession = endpoint('POST /api/people/session/unlock', 'session.use', {
  summary: 'Unlocks the screen with a passkey or the password: only for whoever locked it.',
  body: ProveAgain,
  reply: object({ unlocked: Type.Boolean() }),
})

export const switchRole = endpoint('POST /api/people/session/role', 'account.use', {
  summary: 'Goes on in another role of the same person, in a new session.',
  body: object({ role: SessionRole }),
  reply: object({ role: SessionRole }),
})
