/** The organization's own rules about who may see what: ages of parents' rights, the care team's window. Defaults in one place. */
import type { Actor } from '../platform/actor.ts'
import { audit } from '../platform/audit.ts'
import type { Context } from '../platform/context.ts'
import { within, type Tx } from '../platform/db.ts'
import { invalid } from '../platform/errors.ts'
import './tables.ts'

export interface AccessRules {
  /** The birthday from which what is confidential stays so from parents. */
  confidentialFromYears: number
  /** The birthday on which what parents may do is over. */
  proxyEndsYears: number
  /** Days before and after a visit in which it makes its clinician part of the care team. */
  teamDays: number
  /** Whether patients are told that a look was made by breaking the glass. */
  glassShown: boolean
}

const defaults: AccessRules = { confidentialFromYears: 12, proxyEndsYears: 18, teamDays: 90, glassShown: true }
const columns = ['confidentialFromYears', 'proxyEndsYears', 'teamDays', 'glassShown'] as const

/** The rules as they hold now. In any role that works for patients. */
export async function readAccessRules(tx: Tx, organizationId: string): Promise<AccessRules> {
  const own = await tx
    .selectFrom('people.accessRules')
    .where('organizationId', '=', organizationId)
    .select(columns)
    .executeTakeFirst()
  return own ?? defaults
}

/** Gives the rules as they are afterwards. Refuses `ages` that are in the wrong order. */
export async function changeAccessRules({ db, now }: Context, actor: Actor, changes: Partial<AccessRules>) {
  const { organizationId } = actor
  return within(db, actor, async (tx) => {
    const rules = { ...(await readAccessRules(tx, organizationId)), ...changes }
    if (rules.confidentialFromYears > rules.proxyEndsYears)
      throw invalid('ages', 'What parents may do ends after their child’s confidential years begin, not before.')
    const row = { ...rules, changedAt: now(), changedBy: actor.id }
    await tx
      .insertInto('people.accessRules')
      .values({ organizationId, ...row })
      .onConflict((same) => same.column('organizationId').doUpdateSet(row))
      .execute()
    await audit(tx, actor, {
      action: 'update',
      resourceType: 'AccessRules',
      resourceId: organizationId,
      fields: Object.keys(changes),
      purpose: 'OPS',
    })
    return rules
  })
}
