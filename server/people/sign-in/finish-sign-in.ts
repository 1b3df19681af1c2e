/** What proved factors are worth: a session, the next step, or nothing. The one place that decides it. */
import { staffRoles, type StaffRole } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { send, together, type Tx } from '../../platform/db.ts'
import { Refusal } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { statement } from '../../platform/statement.ts'
import { goodForMinutes, openCeremony } from './ceremonies.ts'
import type { SignInReply } from './contract.ts'
import { actorOf, beginSession } from './sessions.ts'
import type { Factor } from './tables.ts'
import type { Forget } from './throttle.ts'
import type { Visitor } from './visitor.ts'
import './tables.ts'

const noTry: Forget = async () => undefined

export interface Finished {
  reply: SignInReply
  /** For the cookie; undefined while a factor is missing. */
  token?: string
}

/** What a person is known to be and to have. */
export async function readStanding(tx: Tx, organizationId: string, personId: string) {
  const [found] = await send(tx, standing, { organizationId, personId })
  const { person = null, roles = [], hasTotp = false, hasPassword = false } = found ?? {}
  const held = new Set(roles)
  return { person: person ?? undefined, staffRoles: staffRoles.filter((role) => held.has(role)), hasTotp, hasPassword }
}

interface Standing {
  person: { name: string | null; language: string; demo: boolean } | null
  roles: StaffRole[]
  hasTotp: boolean
  hasPassword: boolean
}

const standing = statement<{ organizationId: string; personId: string }, Standing>`
  with own as (select ${'organizationId'}::uuid as organization_id, ${'personId'}::uuid as person_id)
  select (select json_build_object('name', p.name, 'language', p.language, 'demo', p.demo) from people.person p
      where p.organization_id = own.organization_id and p.id = own.person_id and p.ended_at is null) as person,
    array(select r.role from people.staff_role r where r.organization_id = own.organization_id
      and r.person_id = own.person_id and r.ended_at is null) as roles,
    exists (select from people.totp t where (t.organization_id, t.person_id) = (own.organization_id, own.person_id)) as has_totp,
    exists (select from people.password w where (w.organization_id, w.person_id) = (own.organization_id, own.person_id)) as has_password
  from own`

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

/** In the transaction that used the factors up; the try that was counted is forgotten in it. Refuses `staff_second_factor` and `staff_sign_in`. */
export async function finishSignIn(
  context: Context,
  tx: Tx,
  visitor: Visitor,
  { personId, factors, forget = noTry }: { personId: string; factors: readonly Factor[]; forget?: Forget },
): Promise<Finished> {
  const { organizationId, device } = visitor
  const [{ person, staffRoles: roles, hasTotp }, [before]] = await together([
    readStanding(tx, organizationId, personId),
    send(tx, devicesBefore, { organizationId, personId, device }),
  ])
  const isStaff = roles.length > 0
  const assurance = assuranceOf(factors, isStaff)
  if (!person || assurance === 0)
    throw new Refusal(403, 'staff_sign_in', 'Staff sign in with a passkey, or with a password and a code from an app.')
  if (assurance === 1 && hasTotp) {
    const kind = 'second_factor'
    const minutes = goodForMinutes.second_factor
    const [step] = await together([
      openCeremony(context, tx, { organizationId, kind, minutes }, { personId, factors: [...factors] }),
      forget(tx),
    ])
    return { reply: { state: kind, name: null, role: null, step, methods: ['totp', 'recovery_code'] } }
  }
  if (assurance === 1 && isStaff)
    throw new Refusal(
      403,
      'staff_second_factor',
      'Staff need a second factor. Ask your practice administrator for a new link to set one up.',
    )
  const role: StaffRole | 'patient' = roles[0] ?? 'patient'
  const [token] = await together([
    beginSession(context, tx, visitor, { personId, role, factors, assurance, demo: person.demo }),
    forget(tx),
  ])
  if (before?.isAnother)
    await context.announce(tx, 'account.changed', { organizationId, personId, changeId: newId(), change: 'new_device' })
  return { token, reply: { state: 'signed_in', name: person.name, role, step: null, methods: [] } }
}

/** One that this account was never used on, though it was on others: the first of all is no news to anybody. */
const devicesBefore = statement<{ organizationId: string; personId: string; device: string }, { isAnother: boolean }>`
  select coalesce(bool_and(device <> ${'device'}), false) as is_another from people.session
  where organization_id = ${'organizationId'} and person_id = ${'personId'}`

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
