/** Chooses for whom one acts on this device: one's own record, or one patient who was given to one. */
import { system, type Actor } from '../../platform/actor.ts'
import { audit, auditAll } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, withinSignIn } from '../../platform/db.ts'
import { notFound } from '../../platform/errors.ts'
import { ownSession } from '../sign-in/lock-session.ts'
import { standingGrants } from './acting.ts'
import '../tables.ts'

/** Those whom this person may act for, now. */
async function mine(context: Context, actor: Actor, personId: string) {
  const asProduct = { ...system(actor.organizationId, 'acting-for'), requestId: actor.requestId ?? '' }
  return within(context.db, asProduct, async (tx) => {
    const grants = await standingGrants(context, tx, actor.organizationId, (all) =>
      all.where('g.personId', '=', personId),
    )
    await auditAll(
      tx,
      actor,
      grants.map(({ patientId }) => ({
        action: 'read',
        resourceType: 'Patient',
        resourceId: patientId,
        patientId,
        fields: ['name'],
      })),
    )
    return grants
  })
}

/** The record that one's own account opens, whoever one acts for meanwhile; null before it is joined to one. */
async function ownRecord({ db }: Context, actor: Actor, personId: string) {
  const { organizationId } = actor
  const { actingFor: _another, ...self } = actor
  const asProduct = { ...system(organizationId, 'acting-for'), requestId: actor.requestId ?? '' }
  return within(db, asProduct, async (tx) => {
    const found = await tx
      .selectFrom('people.patientAccount as a')
      .innerJoin('people.patient as p', (on) =>
        on.onRef('p.organizationId', '=', 'a.organizationId').onRef('p.id', '=', 'a.patientId'),
      )
      .where('a.organizationId', '=', organizationId)
      .where('a.personId', '=', personId)
      .where('a.endedAt', 'is', null)
      .select(['p.id', 'p.givenName', 'p.familyName'])
      .orderBy('p.id')
      .limit(1)
      .executeTakeFirst()
    if (!found) return null
    const { id: patientId, givenName, familyName } = found
    await audit(tx, self, {
      action: 'read',
      resourceType: 'Patient',
      resourceId: patientId,
      patientId,
      fields: ['name'],
    })
    return { patientId, name: `${givenName} ${familyName}`.trim() }
  })
}

/** For whom one may act, and for whom one acts. Each name that is shown is in that patient's trail. */
export async function listActingFor(context: Context, actor: Actor) {
  const { personId } = ownSession(actor)
  const grants = await mine(context, actor, personId)
  const now = actor.actingFor ?? null
  return {
    now,
    self: await ownRecord(context, actor, personId),
    open: now === null || actor.proxy !== undefined,
    people: grants.map(({ id: grantId, patientId, givenName, familyName, basis, scopes, endsAt }) => ({
      patientId,
      name: `${givenName} ${familyName}`.trim(),
      grantId,
      basis,
      scopes,
      endsAt: endsAt?.toString() ?? null,
    })),
  }
}

/** From the next request on. Refuses `not_found`, the same for whoever was never given, is over, is blocked or is not there. */
export async function chooseActingFor(context: Context, actor: Actor, patientId: string | null) {
  const { personId, id } = ownSession(actor)
  const { organizationId } = actor
  if (patientId !== null) {
    const grants = await mine(context, actor, personId)
    if (!grants.some((grant) => grant.patientId === patientId)) throw notFound('person to act for')
  }
  await withinSignIn(context.db, organizationId, async (tx) => {
    await tx
      .updateTable('people.session')
      .set({ actingFor: patientId })
      .where('organizationId', '=', organizationId)
      .where('id', '=', id)
      .where('endedAt', 'is', null)
      .execute()
    const { actingFor: _before, ...self } = actor
    await audit(tx, patientId === null ? self : { ...self, actingFor: patientId }, {
      action: 'update',
      resourceType: 'Session',
      resourceId: id,
      fields: ['actingFor'],
      purpose: 'OPS',
    })
  })
  return { now: patientId }
}
