/** What a patient allows beyond care, payment and the clinic's own work. What was not said is not allowed. */
import type { Actor } from '../platform/actor.ts'
import { audit } from '../platform/audit.ts'
import type { Context } from '../platform/context.ts'
import { within, type Tx } from '../platform/db.ts'
import { ownPatient } from './access.ts'
import { consentKinds } from './contract.ts'
import type { ConsentKind } from './tables.ts'

/** The newest word on each kind. */
export async function listMyConsents({ db }: Context, actor: Actor) {
  const patientId = ownPatient(actor)
  return within(db, actor, async (tx) => {
    await audit(tx, actor, { action: 'read', resourceType: 'Consent', patientId })
    return newest(tx, actor, patientId)
  })
}

/** Said again, it is a new row: what held before stays to be seen. */
export async function sayConsent(
  { db, now }: Context,
  actor: Actor,
  said: { kind: ConsentKind; decision: 'permit' | 'deny' },
) {
  const patientId = ownPatient(actor)
  return within(db, actor, async (tx) => {
    await tx
      .insertInto('privacy.consent')
      .values({ organizationId: actor.organizationId, patientId, ...said, saidAt: now(), saidBy: actor.id })
      .execute()
    await audit(tx, actor, { action: 'create', resourceType: 'Consent', patientId, fields: [said.kind] })
    return newest(tx, actor, patientId)
  })
}

async function newest(tx: Tx, actor: Actor, patientId: string) {
  const rows = await tx
    .selectFrom('privacy.consent')
    .where('organizationId', '=', actor.organizationId)
    .where('patientId', 'in', [patientId, ...actor.patientIds])
    .distinctOn('kind')
    .select(['kind', 'decision', 'saidAt'])
    .orderBy('kind')
    .orderBy('id', 'desc')
    .execute()
  return consentKinds.map((kind) => {
    const said = rows.find((row) => row.kind === kind)
    return { kind, decision: said?.decision ?? null, saidAt: said?.saidAt.toString() ?? null }
  })
}
