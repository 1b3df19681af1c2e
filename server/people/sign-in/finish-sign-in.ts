/** What proved factors are worth: a session, the next step, or nothing. The one place that decides it. */
import { staffRoles, type StaffRole } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import { Refusal } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { goodForMinutes, openCeremony } from './ceremonies.ts'
import type { SignInReply } from './contract.ts'
import { actorOf, beginSession } from './sessions.ts'
import type { Factor } from './tables.ts'
import type { Visitor } from './visitor.ts'
import './tables.ts'

export interface Finished {
  reply: SignInReply
  /** For the cookie; undefined while a factor is missing. */
  token?: string
}

/** What a person is known to be and to have. */
export async function readStanding(tx: Tx, organizationId: string, personId: string) {
  const own = <T extends 'people.totp' | 'people.password'>(table: T) =>
    tx
      .selectFrom(table as 'people.totp')
      .where('organizationId', '=', organizationId)
      .where('personId', '=', personId)
      .select('personId')
      .executeTakeFirst()
  const person = await tx
    .selectFrom('people.person')
    .where('organizationId', '=', organizationId)
    .where('id', '=', personId)
    .where('endedAt', 'is', null)
    .select(['name', 'language', 'demo'])
    .executeTakeFirst()
  const roles = await tx
    .selectFrom('people.staffRole')
    .where('organizationId', '=', organizationId)
    .where('personId', '=', personId)
    .where('endedAt', 'is', null)
    .select('role')
    .execute()
  const held = new Set(roles.map(({ role }) => role))
  return {
    person,
    staffRoles: staffRoles.filter((role) => held.has(role)),
    hasTotp: (await own('people.totp')) !== undefined,
    hasPassword: (await own('people.password')) !== undefined,
  }
}

/**
 * 2 for a passkey, which is held and verified its person, or for two factors of different kinds. A code to a phone or
 * email is not a factor for staff (NIST SP 800-63B: email never is, text messages are restricted). Pure.
 */
export function assuranceOf(factors: readonly Factor[], isStaff: boolean): 0 | 1 | 2 {
  const has = (factor: Factor) => factors.includes(factor)
  if (has('passkey') || has('demo')) return 2
  const first = has('password') || (!isStaff && has('code'))
  if (!first) return 0
  return has('totp') || has('recovery_code') ? 2 : 1
}

/** In the transaction that used the factors up. Refuses `staff_second_factor` and `staff_sign_in`. */
export async function finishSignIn(
  context: Context,
  tx: Tx,
  visitor: Visitor,
  { personId, factors }: { personId: string; factors: readonly Factor[] },
): Promise<Finished> {
  const { organizationId } = visitor
  const { person, staffRoles: roles, hasTotp } = await readStanding(tx, organizationId, personId)
  const isStaff = roles.length > 0
  const assurance = assuranceOf(factors, isStaff)
  if (!person || assurance === 0)
    throw new Refusal(403, 'staff_sign_in', 'Staff sign in with a passkey, or with a password and a code from an app.')
  if (assurance === 1 && hasTotp) {
    const kind = 'second_factor'
    const minutes = goodForMinutes.second_factor
    const step = await openCeremony(context, tx, { organizationId, kind, minutes }, { personId, factors: [...factors] })
    return { reply: { state: kind, name: null, role: null, step, methods: ['totp', 'recovery_code'] } }
  }
  if (assurance === 1 && isStaff)
    throw new Refusal(
      403,
      'staff_second_factor',
      'Staff need a second factor. Ask your practice administrator for a new link to set one up.',
    )
  const role: StaffRole | 'patient' = roles[0] ?? 'patient'
  const isNewDevice = await isAnotherDevice(tx, visitor, personId)
  const token = await beginSession(context, tx, visitor, { personId, role, factors, assurance, demo: person.demo })
  if (isNewDevice)
    await context.announce(tx, 'account.changed', { organizationId, personId, changeId: newId(), change: 'new_device' })
  return { token, reply: { state: 'signed_in', name: person.name, role, step: null, methods: [] } }
}

/** One that this account was never used on, though it was on others: the first of all is no news to anybody. */
async function isAnotherDevice(tx: Tx, { organizationId, device }: Visitor, personId: string): Promise<boolean> {
  const before = await tx
    .selectFrom('people.session')
    .where('organizationId', '=', organizationId)
    .where('personId', '=', personId)
    .select('device')
    .distinct()
    .execute()
  return before.length > 0 && before.every((one) => one.device !== device)
}

/** A try that failed, in the trail: whose account it was only when we know. */
export async function auditRefusedSignIn(tx: Tx, visitor: Visitor, factor: Factor, personId?: string) {
  const who = personId === undefined ? { ...visitor.actor, role: 'anyone' as const } : actorOf(visitor, personId)
  await audit(tx, who, {
    action: 'execute',
    resourceType: 'SignIn',
    outcome: 'refused',
    purpose: 'OPS',
    fields: [factor],
    ...(personId !== undefined && { resourceId: personId }),
  })
}
