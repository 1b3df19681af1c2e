/** People who sign in, for tests: colleagues with a passkey or a password, patients with a code. */
import * as OTPAuth from 'otpauth'
import { addStaff } from '../people/index.ts'
import { system, type StaffRole } from '../platform/actor.ts'
import { authenticator } from './authenticator.ts'
import type { World } from './world.ts'

export const cookieOf = (reply: { headers: Record<string, unknown> }) =>
  [reply.headers['set-cookie']].flat().map((one) => (typeof one === 'string' ? (one.split(';')[0] ?? '') : ''))[0] ?? ''

/** The code that an app shows at this world's time. */
export const appCode = (world: World, secret: string) =>
  OTPAuth.TOTP.generate({ secret: OTPAuth.Secret.fromBase32(secret), timestamp: world.now().epochMilliseconds })

/** An account that waits for its owner, with the token of its link. */
export async function invite(world: World, name: string, roles: readonly StaffRole[] = ['nurse']) {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@clinic.example`
  const { id, enrolmentUrl } = await addStaff(world, system(world.organizationId, 'test'), { name, email, roles })
  return { id, email, token: enrolmentUrl.split('#')[1] ?? '' }
}

/** A colleague who set up a passkey and is signed in with it. */
export async function withPasskey(world: World, name: string, roles: readonly StaffRole[] = ['nurse']) {
  const { id, email, token } = await invite(world, name, roles)
  const device = authenticator()
  const offer = await world.ask('POST', '/api/people/sign-in/enrolment', { token })
  const { step, options } = offer.body['passkey']
  const enrolled = await world.ask('POST', '/api/people/sign-in/enrolment/passkey', {
    token,
    step,
    answer: device.make(options),
    label: 'Laptop',
  })
  return { id, email, device, enrolled, cookie: cookieOf(enrolled), recoveryCodes: enrolled.body['recoveryCodes'] }
}

export const goodPassword = 'velvet trombone glacier mustard'

/** A colleague who set up a password and an app and is signed in with them. */
export async function withPassword(world: World, name: string, roles: readonly StaffRole[] = ['nurse']) {
  const { id, email, token } = await invite(world, name, roles)
  const offer = await world.ask('POST', '/api/people/sign-in/enrolment', { token })
  const { step, secret } = offer.body['totp']
  const enrolled = await world.ask('POST', '/api/people/sign-in/enrolment/password', {
    token,
    step,
    password: goodPassword,
    code: appCode(world, secret),
  })
  return { id, email, secret, enrolled, cookie: cookieOf(enrolled), recoveryCodes: enrolled.body['recoveryCodes'] }
}

/** The proof that a contact is in this person's hands, by a code as it was sent. */
export async function proofOf(world: World, to: { kind: 'phone' | 'email'; value: string }): Promise<string> {
  const sent = await world.ask('POST', '/api/people/contact-codes', { to, language: 'en' })
  const code = await codeSentTo(world, to.value)
  const proved = await world.ask('POST', `/api/people/contact-codes/${sent.body['id']}/proof`, { code })
  return proved.body['proof']
}

/** The last code that the built-in mailbox holds for a contact. */
export async function codeSentTo(world: World, value: string): Promise<string> {
  await world.settle()
  const { body } = await world.ask('GET', '/api/conversations/dev/mailbox')
  const mine = (body['messages'] as { recipient: string; text: string; storedAt: string }[])
    .filter(({ recipient }) => recipient === value)
    .sort((a, b) => (a.storedAt < b.storedAt ? 1 : -1))
  // Other letters may have come since: the last one that has a code.
  return (
    mine
      .map(({ text }) => /^ {4}(\d{6})$|\b(?:is|es) (\d{6})\b/m.exec(text))
      .find(Boolean)
      ?.slice(1)
      .find(Boolean) ?? ''
  )
}

/** A patient who signed in with a code to their email, and has that account from then on. */
export async function withCode(world: World, email: string, language: 'en' | 'es' = 'en') {
  const proof = await proofOf(world, { kind: 'email', value: email })
  const signedIn = await world.ask('POST', '/api/people/sign-in/code', { proof, language })
  return { signedIn, cookie: cookieOf(signedIn) }
}
