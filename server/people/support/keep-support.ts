/** Keeps what a patient needs, and reads it again: sealed with the patient's own keys, for it tells of their health. */
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { invalid } from '../../platform/errors.ts'
import { may } from '../../platform/permissions.ts'
import { openFields, sealField, type Field } from '../../platform/vault/index.ts'
import { supportNeeds, type Support } from './contract.ts'
import '../tables.ts'

const nothing: Support = { needs: [], interpreter: null }

const fieldOf = (organizationId: string, patientId: string): Field => ({
  organizationId,
  table: 'people.support',
  column: 'sealed',
  id: patientId,
  patientId,
})

/** By patient, of those who said something. Whoever shows it says so in the trail. */
export async function supportsOf(
  context: Context,
  tx: Tx,
  organizationId: string,
  patientIds: readonly string[],
): Promise<Map<string, Support>> {
  if (patientIds.length === 0) return new Map()
  const { rows } = await sql<{ askedId: string; patientId: string; sealed: Buffer }>`
    select a.id as asked_id, s.patient_id, s.sealed from unnest(${[...new Set(patientIds)]}::uuid[]) a(id)
    cross join lateral unnest(people.record_ids(${organizationId}::uuid, a.id)) r(id)
    join people.support s on s.organization_id = ${organizationId} and s.patient_id = r.id
    order by s.said_at`.execute(tx)
  const texts = await openFields(
    context,
    tx,
    rows.map(({ patientId, sealed }) => ({ field: fieldOf(organizationId, patientId), value: sealed })),
  )
  const said = new Map<string, Support>()
  for (const [at, { askedId }] of rows.entries()) {
    const text = texts[at]
    // Undefined of whose keys were shredded: nothing is known of them any more.
    if (text !== undefined) said.set(askedId, together(said.get(askedId) ?? nothing, read(text)))
  }
  return said
}

/** Of one patient; nothing for who said nothing. */
export async function supportOf(context: Context, tx: Tx, organizationId: string, patientId: string): Promise<Support> {
  return (await supportsOf(context, tx, organizationId, [patientId])).get(patientId) ?? nothing
}

/** The same for this actor: nothing for whom it is not, such as who only bills. */
export const supportFor = async (context: Context, tx: Tx, actor: Actor, patientId: string): Promise<Support> =>
  may(actor, 'support.read') ? supportOf(context, tx, actor.organizationId, patientId) : nothing

/** What two records of one patient say; of two interpreters, the one said last. */
const together = (one: Support, other: Support): Support => ({
  needs: supportNeeds.filter((need) => one.needs.includes(need) || other.needs.includes(need)),
  interpreter: other.interpreter ?? one.interpreter,
})

/** In the order of the list, whoever wrote it. */
const written = ({ needs, interpreter }: Support) =>
  JSON.stringify({ needs: supportNeeds.filter((need) => needs.includes(need)), interpreter })

const read = (text: string) => JSON.parse(text) as Support

interface Said {
  patientId: string
  said: Support
  /** Only adds: what is said while booking takes nothing back. */
  adds?: boolean
}

/** Gives what holds afterwards. The caller has asked whether the actor may. */
export async function keepSupport(context: Context, tx: Tx, actor: Actor, { patientId, said, adds }: Said) {
  const { organizationId } = actor
  const before = adds ? await supportOf(context, tx, organizationId, patientId) : nothing
  const after = {
    needs: [...new Set([...before.needs, ...said.needs])],
    interpreter: said.interpreter ?? before.interpreter,
  }
  const sealed = await sealField(context, tx, fieldOf(organizationId, patientId), written(after))
  const row = { sealed, saidAt: context.now(), saidBy: actor.id }
  await tx
    .insertInto('people.support')
    .values({ organizationId, patientId, ...row })
    .onConflict((same) => same.columns(['organizationId', 'patientId']).doUpdateSet(row))
    .execute()
  await audit(tx, actor, {
    action: 'update',
    resourceType: 'Patient',
    resourceId: patientId,
    patientId,
    fields: ['support'],
  })
  return read(written(after))
}

/** Of the one record that is open. Refuses `no_record` before an account is joined to one. */
export async function readMySupport(context: Context, actor: Actor): Promise<Support> {
  const patientId = own(actor)
  return within(context.db, actor, async (tx) => {
    await audit(tx, actor, {
      action: 'read',
      resourceType: 'Patient',
      resourceId: patientId,
      patientId,
      fields: ['support'],
    })
    return supportOf(context, tx, actor.organizationId, patientId)
  })
}

export const saveMySupport = (context: Context, actor: Actor, said: Support) =>
  within(context.db, actor, (tx) => keepSupport(context, tx, actor, { patientId: own(actor), said }))

function own({ patientIds: [id] }: Actor): string {
  if (id === undefined) throw invalid('no_record', 'Your account is not joined to a record yet.', { instead: 'join' })
  return id
}
