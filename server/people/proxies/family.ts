/** As whom somebody who signed in may book: for themselves, and for each patient who was given to them with 'book'. */
import { system, type Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import { standingGrants } from './acting.ts'
import '../tables.ts'

/**
 * The actor for each patient of the family, by the patient's id, whoever the session acts for meanwhile: each has only that
 * one record open, within its own grant, so that the trail says for whom each thing was done. Grants are looked up now.
 */
export async function actorsOfFamily(context: Context, actor: Actor): Promise<Map<string, Actor>> {
  const { organizationId, personId, actingFor: _another, proxy: _given, ...rest } = actor
  if (actor.role !== 'patient' || personId === undefined) return new Map()
  const self = { ...rest, organizationId, personId }
  return within(context.db, system(organizationId, 'family'), async (tx) => {
    const own = await tx
      .selectFrom('people.patientAccount')
      .where('organizationId', '=', organizationId)
      .where('personId', '=', personId)
      .where('endedAt', 'is', null)
      .select('patientId')
      .execute()
    const grants = await standingGrants(context, tx, organizationId, (all) => all.where('g.personId', '=', personId))
    const given = grants.filter(({ scopes }) => scopes.includes('book'))
    return new Map<string, Actor>([
      ...given.map(({ patientId, scopes, withoutConfidential }): [string, Actor] => [
        patientId,
        { ...self, actingFor: patientId, patientIds: [patientId], proxy: { scopes, withoutConfidential } },
      ]),
      ...own.map(({ patientId }): [string, Actor] => [patientId, { ...self, patientIds: [patientId] }]),
    ])
  })
}

/**
 * The children for whom a parent or guardian may let an app in, within what they were given now. Not adults: whoever acts
 * for one by invitation does not hand that record on to others.
 */
export async function childrenOf(context: Context, { organizationId, personId }: Actor) {
  if (personId === undefined) return []
  return within(context.db, system(organizationId, 'family'), async (tx) => {
    const grants = await standingGrants(context, tx, organizationId, (all) =>
      all.where('g.personId', '=', personId).where('g.basis', 'in', ['parent', 'guardian']),
    )
    return grants
      .filter(({ scopes }) => scopes.includes('book'))
      .map(({ patientId, givenName, familyName }) => ({ id: patientId, name: `${givenName} ${familyName}`.trim() }))
  })
}
