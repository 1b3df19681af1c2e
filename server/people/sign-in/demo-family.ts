/** The demo's patient is a parent of the two youngest of the demo's records, so that a family can be tried out. */
import { proxyScopes, system } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, withinSignIn } from '../../platform/db.ts'
import { idOf } from '../../platform/ids.ts'
import { readAccessRules } from '../access-rules.ts'
import { readOrganization } from '../organization.ts'
import { demoPatient, demoPersonId, keepDemoPerson } from './demo.ts'
import '../tables.ts'

const mostChildren = 2
const by = 'system:demo'

/**
 * Changes nothing where it was done before, also where somebody has ended it since, nor where there are no children. Whoever
 * came since the import is a visitor, and nobody's child.
 */
export async function addDemoFamily(context: Context, organizationId: string) {
  const { db, now } = context
  const patient = await demoPatient(context, organizationId)
  if (!patient?.isGrown) return
  const personId = demoPersonId(organizationId, 'patient')
  await withinSignIn(db, organizationId, (tx) =>
    keepDemoPerson(context, tx, organizationId, { id: personId, name: patient.name, role: 'patient' }),
  )
  const actor = system(organizationId, 'demo')
  await within(db, actor, async (tx) => {
    const { zone } = await readOrganization(tx, organizationId)
    const { proxyEndsYears } = await readAccessRules(tx, organizationId)
    const grownBefore = now().toZonedDateTimeISO(zone).toPlainDate().subtract({ years: proxyEndsYears })
    const children = await tx
      .selectFrom('people.patient')
      .where('organizationId', '=', organizationId)
      .where('diedAt', 'is', null)
      .where('origin', '=', 'record')
      .where('bornOn', '>', grownBefore)
      .where('id', '!=', patient.id)
      .select('id')
      .orderBy('bornOn', 'desc')
      .orderBy('id')
      .limit(mostChildren)
      .execute()
    for (const { id: patientId } of children) {
      const id = idOf(organizationId, 'demo child', patientId)
      const given = await tx
        .insertInto('people.proxyGrant')
        .values({
          organizationId,
          id,
          patientId,
          personId,
          proxyName: patient.name,
          basis: 'parent',
          scopes: [...proxyScopes],
          acceptedAt: now(),
          fromAt: now(),
          verifiedBy: by,
          givenAt: now(),
          givenBy: by,
        })
        .onConflict((same) => same.doNothing())
        .returning('id')
        .executeTakeFirst()
      if (given) await audit(tx, actor, { action: 'create', resourceType: 'ProxyGrant', resourceId: id, patientId })
    }
  })
}
