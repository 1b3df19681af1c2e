/** Accounts for people who work here: made by an administrator or on the command line, set up by their owner with a link. */
import type { Actor, StaffRole } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { withinSignIn, type Tx } from '../../platform/db.ts'
import { conflict, notFound } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { emailOf } from '../contact/address.ts'
import { openCeremony } from '../sign-in/ceremonies.ts'
import { endSessionsOf } from '../sign-in/sessions.ts'
import { refuseOwn } from './change-staff.ts'
import '../sign-in/tables.ts'

const enrolmentDays = 3

export interface Colleague {
  name: string
  email: string
  roles: readonly StaffRole[]
}

/**
 * The new account's id, and the address to set it up at, which is told here and never again. Refuses `email_taken`: an
 * account that is there is never touched by a new one.
 */
export async function addStaff(context: Context, actor: Actor, { name, email, roles }: Colleague) {
  const { organizationId } = actor
  const id = newId()
  const at = context.now()
  return withinSignIn(context.db, organizationId, async (tx) => {
    await tx.insertInto('people.person').values({ organizationId, id, name: name.trim(), createdAt: at }).execute()
    const login = await tx
      .insertInto('people.loginName')
      .values({ organizationId, kind: 'email', value: emailOf(email), personId: id, verifiedAt: null })
      .onConflict((same) => same.doNothing())
      .returning('personId')
      .executeTakeFirst()
    if (!login) throw conflict('email_taken', 'There is an account with this email already.')
    await tx
      .insertInto('people.staffRole')
      .values(roles.map((role) => ({ organizationId, personId: id, role, givenAt: at, givenBy: actor.id })))
      .execute()
    await audit(tx, actor, {
      action: 'create',
      resourceType: 'Account',
      resourceId: id,
      fields: roles,
      purpose: 'OPS',
    })
    return { id, enrolmentUrl: await enrolmentUrl(context, tx, organizationId, id) }
  })
}

/** For a colleague who lost every way in: what they had opens nothing, until they set up anew. Refuses `not_found`, `own_account`. */
export async function renewEnrolment(context: Context, actor: Actor, id: string) {
  refuseOwn(actor, id)
  const { organizationId } = actor
  return withinSignIn(context.db, organizationId, async (tx) => {
    const person = await tx
      .selectFrom('people.person as p')
      .where('p.organizationId', '=', organizationId)
      .where('p.id', '=', id)
      .where('p.endedAt', 'is', null)
      .where((of) =>
        of.exists(
          of
            .selectFrom('people.staffRole as r')
            .whereRef('r.organizationId', '=', 'p.organizationId')
            .whereRef('r.personId', '=', 'p.id')
            .where('r.endedAt', 'is', null)
            .select('r.id'),
        ),
      )
      .select('p.id')
      .executeTakeFirst()
    if (!person) throw notFound('colleague')
    await forgetWaysIn(context, tx, organizationId, id)
    await audit(tx, actor, {
      action: 'update',
      resourceType: 'Account',
      resourceId: id,
      fields: ['enrolment'],
      purpose: 'OPS',
    })
    return { enrolmentUrl: await enrolmentUrl(context, tx, organizationId, id) }
  })
}

async function forgetWaysIn(context: Context, tx: Tx, organizationId: string, personId: string) {
  await endSessionsOf(context, tx, { organizationId, personId, because: 'enrolment_renewed' })
  const { now } = context
  await tx
    .deleteFrom('people.password')
    .where('organizationId', '=', organizationId)
    .where('personId', '=', personId)
    .execute()
  await tx
    .deleteFrom('people.totp')
    .where('organizationId', '=', organizationId)
    .where('personId', '=', personId)
    .execute()
  await tx
    .deleteFrom('people.recoveryCode')
    .where('organizationId', '=', organizationId)
    .where('personId', '=', personId)
    .execute()
  await tx
    .updateTable('people.passkey')
    .set({ removedAt: now() })
    .where('organizationId', '=', organizationId)
    .where('personId', '=', personId)
    .where('removedAt', 'is', null)
    .execute()
}

async function enrolmentUrl(context: Context, tx: Tx, organizationId: string, personId: string): Promise<string> {
  await tx
    .updateTable('people.ceremony')
    .set({ usedAt: context.now() })
    .where('organizationId', '=', organizationId)
    .where('personId', '=', personId)
    .where('kind', '=', 'enrolment')
    .where('usedAt', 'is', null)
    .execute()
  const named = { organizationId, kind: 'enrolment', minutes: enrolmentDays * 24 * 60 } as const
  const token = await openCeremony(context, tx, named, { personId })
  // In the fragment, so that no server or proxy writes it down.
  return `${context.config.publicUrl}/enrol#${token}`
}
