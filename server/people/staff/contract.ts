/** What people can be asked about who works here: accounts, roles, the link that a new colleague enrols with. */
import { Type } from 'typebox'
import { staffRoles } from '../../platform/actor.ts'
import { endpoint, Id, Moment, object } from '../../platform/endpoint.ts'
import { AppCode, NewPasskey, Password, PasskeyOptions, SignInReply, Step } from '../sign-in/contract.ts'

const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Text = Type.String()
export const StaffRole = Type.Enum([...staffRoles])
const Token = Type.String({ pattern: '^step_[A-Za-z0-9_-]{43}$' })

export const listStaff = endpoint('GET /api/people/staff', 'staff.read', {
  summary: 'Who works here, as what, since when and by whose word.',
  reply: object({
    staff: Type.Array(
      object({
        id: Id,
        name: orNull(Text),
        email: orNull(Text),
        /** Of whoever asks: nobody changes their own. */
        own: Type.Boolean(),
        /** `givenBy` is a colleague's name; null when it was given on the command line. */
        roles: Type.Array(object({ role: StaffRole, givenAt: Moment, givenBy: orNull(Text) })),
        /** Has a way to sign in. */
        enrolled: Type.Boolean(),
        /** How long the link to set the account up is still good. */
        invitedUntil: orNull(Moment),
        endedAt: orNull(Moment),
      }),
    ),
  }),
})

export const listRoles = endpoint('GET /api/people/roles', 'staff.read', {
  summary: 'What each role of the clinic may do: every permission with the roles that have it.',
  reply: object({
    permissions: Type.Array(object({ permission: Text, roles: Type.Array(StaffRole) })),
  }),
})

export const addStaff = endpoint('POST /api/people/staff', 'staff.manage', {
  summary: 'An account for a new colleague, and the link to set it up with: shown once, good for three days.',
  body: object({
    name: Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }),
    email: Type.String({ minLength: 3, maxLength: 254, format: 'email' }),
    roles: Type.Array(StaffRole, { minItems: 1, maxItems: staffRoles.length, uniqueItems: true }),
  }),
  reply: object({ id: Id, enrolmentUrl: Text }),
})

export const renewEnrolment = endpoint('POST /api/people/staff/:id/enrolment', 'staff.manage', {
  summary: 'A new link to set an account up with, for a colleague who lost every way in. Signs them out everywhere.',
  path: object({ id: Id }),
  reply: object({ enrolmentUrl: Text }),
})

export const setRole = endpoint('POST /api/people/staff/:id/roles', 'staff.manage', {
  summary: 'Gives or takes a role, from the next request on. Nobody changes their own.',
  path: object({ id: Id }),
  body: object({ role: StaffRole, held: Type.Boolean() }),
  reply: object({ id: Id }),
})

export const endStaff = endpoint('POST /api/people/staff/:id/end', 'staff.manage', {
  summary: 'Ends the account of a colleague who leaves: every session is over on its next request.',
  path: object({ id: Id }),
  reply: object({ id: Id }),
})

export const startEnrolment = endpoint('POST /api/people/sign-in/enrolment', 'session.use', {
  summary: 'What a new colleague’s link offers: a passkey, or a password with an authenticator app.',
  body: object({ token: Token }),
  reply: object({
    name: orNull(Text),
    email: orNull(Text),
    passkey: PasskeyOptions,
    totp: object({ step: Step, uri: Text, secret: Text }),
  }),
})

const Enrolled = object({ signIn: SignInReply, recoveryCodes: Type.Array(Text) })

export const enrolWithPasskey = endpoint('POST /api/people/sign-in/enrolment/passkey', 'session.use', {
  summary: 'Sets the account up with a passkey, uses the link up and signs in. Shows the recovery codes once.',
  body: object({ token: Token, step: Step, answer: NewPasskey, label: Type.String({ minLength: 1, maxLength: 60 }) }),
  reply: Enrolled,
})

export const enrolWithPassword = endpoint('POST /api/people/sign-in/enrolment/password', 'session.use', {
  summary:
    'Sets the account up with a password and an app, uses the link up and signs in. Shows the recovery codes once.',
  body: object({ token: Token, password: Password, step: Step, code: AppCode }),
  reply: Enrolled,
})
