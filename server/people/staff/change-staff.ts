/** Gives and takes roles, and ends accounts: true on the next request, by somebody else than the one it is about. */
import type { Actor, StaffRole } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { withinSignIn, type Tx } from '../../platform/db.ts'
import { notFound, Refusal } from '../../platform/errors.ts'
import { endSessionsOf } from '../sign-in/sessions.ts'
import '../sign-in/tables.ts'

/** Nobody decides what they themselves may do. Refuses `own_account`. */
export function refuseOwn(actor: Actor, id: string) {
  if (actor.personId === id)
    throw new Refusal(403, 'own_account', 'Another administrator has to do this for your own account.')
}

async function refuseUnknown(tx: Tx, organizationId: string, id: string) {
  const person = await tx
    .selectFrom('people.staffRole as r')
    .innerJoin('people.person as p', (on) =>
      on.onRef('p.organizationId', '=', 'r.organizationId').onRef('p.id', '=', 'r.personId'),
    )
    .where('r.organizationId', '=', organizationId)
    .where('r.personId', '=', id)
    .where('p.endedAt', 'is', null)
    .select('p.id')
    .limit(1)
    .executeTakeFirst()
  if (!person) throw notFound('colleague')
}

/** Done twice is done once. Refuses `own_account` and `not_found`. A taken role ends the sessions that act in it. */
export async function setRole(
  { db, now }: Context,
  actor: Actor,
  id: string,
  { role, held }: { role: StaffRole; held: boolean },
) {
  refuseOwn(actor, id)
  const { organizationId } = actor
  const at = now()
  await withinSignIn(db, organizationId, async (tx) => {
    await refuseUnknown(tx, organizationId, id)
    if (held)
      await tx
        .insertInto('people.staffRole')
        .values({ organizationId, personId: id, role, givenAt: at, givenBy: actor.id })
        .onConflict((same) => same.doNothing())
        .execute()
    else {
      await tx
        .updateTable('people.staffRole')
        .set({ endedAt: at, endedBy: actor.id })
        .where('organizationId', '=', organizationId)
        .where('personId', '=', id)
        .where('role', '=', role)
        .where('endedAt', 'is', null)
        .execute()
      await tx
        .updateTable('people.session')
        .set({ endedAt: at, endedBecause: 'role_taken' })
        .where('organizationId', '=', organizationId)
        .where('personId', '=', id)
        .where('role', '=', role)
        .where('endedAt', 'is', null)
        .execute()
    }
    await audit(tx, actor, {
      action: held ? 'create' : 'delete',
      resourceType: 'StaffRole',
      resourceId: id,
      fields: [role],
      purpose: 'OPS',
    })
  })
}

/** Off-boarding: the account and all it opened are over together. Refuses `own_account` and `not_found`. */
export async function endStaff(context: Context, actor: Actor, id: string) {
  refuseOwn(actor, id)
  const { organizationId } = actor
  const over = { endedAt: context.now(), endedBy: actor.id }
  await withinSignIn(context.db, organizationId, async (tx) => {
    await refuseUnknown(tx, organizationId, id)
    await tx
      .updateTable('people.staffRole')
      .set(over)
      .where('organizationId', '=', organizationId)
      .where('personId', '=', id)
      .where('endedAt', 'is', null)
      .execute()
    await tx
      .updateTable('people.person')
      .set(over)
      .where('organizationId', '=', organizationId)
      .where('id', '=', id)
      .execute()
    await tx
      .updateTable('people.ceremony')
      .set({ usedAt: context.now() })
      .where('organizationId', '=', organizationId)
      .where('personId', '=', id)
      .where('usedAt', 'is', null)
      .execute()
    await endSessionsOf(context, tx, { organizationId, personId: id, because: 'account_ended' })
    await audit(tx, actor, { action: 'delete', resourceType: 'Account', resourceId: id, purpose: 'OPS' })
    await context.announce(tx, 'person.ended', { organizationId, personId: id })
  })
}
