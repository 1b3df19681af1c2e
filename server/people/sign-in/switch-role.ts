/** The roles a person may act in, one at a time: another one is a new session with a new token. */
import type { StaffRole } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { withinSignIn, type Tx } from '../../platform/db.ts'
import { forbidden } from '../../platform/errors.ts'
import { readStanding } from './finish-sign-in.ts'
import { ownSession } from './lock-session.ts'
import { beginSession } from './sessions.ts'
import type { Visitor } from './visitor.ts'
import './tables.ts'

/** Their work, and their own record when they are a patient here, too. Who does not work here is a patient. */
export async function rolesOf(tx: Tx, organizationId: string, personId: string): Promise<(StaffRole | 'patient')[]> {
  const { staffRoles } = await readStanding(tx, organizationId, personId)
  const record = await tx
    .selectFrom('people.patientAccount')
    .where('organizationId', '=', organizationId)
    .where('personId', '=', personId)
    .where('endedAt', 'is', null)
    .select('patientId')
    .limit(1)
    .executeTakeFirst()
  return record || staffRoles.length === 0 ? [...staffRoles, 'patient'] : staffRoles
}

/** Gives the new token. Refuses `forbidden` for a role that is not theirs. */
export async function switchRole(context: Context, visitor: Visitor, role: StaffRole | 'patient'): Promise<string> {
  const { organizationId, actor } = visitor
  const { personId, id } = ownSession(actor)
  return withinSignIn(context.db, organizationId, async (tx) => {
    const before = await tx
      .selectFrom('people.session')
      .where('organizationId', '=', organizationId)
      .where('id', '=', id)
      .select(['id', 'factors', 'assurance', 'provedAt', 'expiresAt', 'demo'])
      .executeTakeFirstOrThrow()
    const roles = await rolesOf(tx, organizationId, personId)
    if (!roles.includes(role) || (role !== 'patient' && before.assurance < 2)) throw forbidden()
    return beginSession(context, tx, visitor, { ...before, personId, role, rotates: before })
  })
}
