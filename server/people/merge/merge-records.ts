/** Two records that are one patient become one, until that is undone: a link that every reader follows; nothing moves. */
import { sql } from 'kysely'
import { system, type Actor } from '../../platform/actor.ts'
import { auditAll } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { conflict, invalid, notFound } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { openFields, sealField } from '../../platform/vault/index.ts'
import { gateOf } from '../break-glass/index.ts'
import { mergeField } from '../sealed.ts'
import type { MergeRequest } from './contract.ts'
import { takeBack, writeChosen, type Wrote } from './wrote.ts'
import '../tables.ts'

/**
 * Refuses `same_record`, `not_found`, `already_merged` when one of the two is part of another record by now, and
 * `break_glass_needed` for a record that is closed to the actor.
 */
export async function mergeRecords(context: Context, actor: Actor, asked: MergeRequest): Promise<string> {
  const { organizationId } = actor
  const { survivorId, absorbedId, chosen, reason } = asked
  if (survivorId === absorbedId) throw invalid('same_record', 'Choose two records.')
  await within(context.db, actor, async (tx) => {
    for (const id of [survivorId, absorbedId]) await gateOf(tx, actor, id, async () => false)
  })
  return within(context.db, system(organizationId, 'merge'), async (tx) => {
    await takeTurn(tx, organizationId)
    await refuseUnfit(tx, organizationId, [survivorId, absorbedId])
    const id = newId()
    const pair = { organizationId, survivorId, absorbedId }
    const wrote = await writeChosen(tx, pair, chosen)
    const at = { organizationId, id, patientId: survivorId }
    await tx
      .insertInto('people.merge')
      .values({
        ...pair,
        id,
        recordId: survivorId,
        chosen,
        reasonSealed: await sealField(context, tx, mergeField(at, 'reason'), reason),
        wroteSealed: await sealField(context, tx, mergeField(at, 'wrote'), JSON.stringify(wrote)),
        reviewIds: await settleReviews(tx, actor, pair, context.now()),
        mergedAt: context.now(),
        mergedBy: actor.id,
      })
      .execute()
    await standAnew(tx, organizationId, [survivorId, absorbedId])
    await note(tx, actor, pair, { id, fields: ['merged', ...chosen] })
    return id
  })
}

/**
 * Both are as before, but for what somebody changed since. Merges that came after are taken back first and made again, so
 * that the order in which they are undone does not matter. Refuses `not_found`, `already_undone`.
 */
export async function undoMerge(context: Context, actor: Actor, id: string, reason: string) {
  const { organizationId } = actor
  await within(context.db, system(organizationId, 'merge'), async (tx) => {
    await takeTurn(tx, organizationId)
    const merge = await tx
      .selectFrom('people.merge')
      .where('organizationId', '=', organizationId)
      .where('id', '=', id)
      .selectAll()
      .executeTakeFirst()
    if (!merge) throw notFound('merge')
    if (merge.undoneAt) throw conflict('already_undone', 'Somebody has undone this already.')
    const later = (await linksOf(tx, organizationId, merge.recordId)).filter((one) => isAfter(one, merge))
    const again: { link: Link; chosen: Link['chosen'] }[] = []
    for (const link of later.toReversed())
      again.unshift({ link, chosen: await takeBack(tx, link, link.chosen, await wroteOf(context, tx, link)) })
    await takeBack(tx, merge, merge.chosen, await wroteOf(context, tx, merge))
    const at = { organizationId, id, patientId: merge.survivorId }
    await tx
      .updateTable('people.merge')
      .set({
        undoneAt: context.now(),
        undoneBy: actor.id,
        undoReasonSealed: await sealField(context, tx, mergeField(at, 'undo_reason'), reason),
      })
      .where('organizationId', '=', organizationId)
      .where('id', '=', id)
      .execute()
    for (const { link, chosen } of again) await makeAgain(context, tx, link, chosen)
    await standAnew(tx, organizationId, [merge.recordId])
    await reopenReviews(tx, organizationId, merge.reviewIds)
    await note(tx, actor, merge, { id, fields: ['unmerged'] })
  })
}

/** One merge or undoing at a time: they are rare, and each looks at all the links of its patient. */
const takeTurn = (tx: Tx, organizationId: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${organizationId}::text, 14))`.execute(tx)

async function refuseUnfit(tx: Tx, organizationId: string, ids: readonly string[]) {
  const found = await tx
    .selectFrom('people.patient')
    .where('organizationId', '=', organizationId)
    .where('id', 'in', [...ids])
    .select('id')
    .execute()
  if (found.length < ids.length) throw notFound('patient')
  const part = await tx
    .selectFrom('people.merge')
    .where('organizationId', '=', organizationId)
    .where('absorbedId', 'in', [...ids])
    .where('undoneAt', 'is', null)
    .select('id')
    .executeTakeFirst()
  if (part) throw conflict('already_merged', 'One of these records is part of another by now. Look again.')
}

/** All links of the record, the oldest first. */
const linksOf = (tx: Tx, organizationId: string, recordId: string) =>
  tx
    .selectFrom('people.merge')
    .where('organizationId', '=', organizationId)
    .where('recordId', '=', recordId)
    .where('undoneAt', 'is', null)
    .selectAll()
    .orderBy('mergedAt')
    .orderBy('id')
    .execute()
type Link = Awaited<ReturnType<typeof linksOf>>[number]

const isAfter = (one: Link, other: Link) =>
  (Temporal.Instant.compare(one.mergedAt, other.mergedAt) || (one.id > other.id ? 1 : one.id < other.id ? -1 : 0)) > 0

async function wroteOf(context: Context, tx: Tx, { survivorId: patientId, wroteSealed, ...row }: Link): Promise<Wrote> {
  const [text] = await openFields(context, tx, [
    { field: mergeField({ ...row, patientId }, 'wrote'), value: wroteSealed },
  ])
  return text === undefined ? { before: {}, after: {}, words: [], contacts: [] } : (JSON.parse(text) as Wrote)
}

async function makeAgain(context: Context, tx: Tx, link: Link, chosen: Link['chosen']) {
  const wrote = JSON.stringify(await writeChosen(tx, link, chosen))
  const { organizationId, id, survivorId: patientId } = link
  const wroteSealed = await sealField(context, tx, mergeField({ organizationId, id, patientId }, 'wrote'), wrote)
  await tx
    .updateTable('people.merge')
    .set({ wroteSealed, chosen })
    .where('organizationId', '=', organizationId)
    .where('id', '=', id)
    .execute()
}

/** Says anew which record stands for each link of these records: the last one that is part of no other. */
async function standAnew(tx: Tx, organizationId: string, recordIds: readonly string[]) {
  await sql`
    with recursive link as (
      select id, absorbed_id, survivor_id as stands from people.merge
      where organization_id = ${organizationId} and undone_at is null and record_id = any(${recordIds}::uuid[])
      union all
      select l.id, l.absorbed_id, m.survivor_id from link l
      join people.merge m on m.organization_id = ${organizationId} and m.undone_at is null and m.absorbed_id = l.stands
    )
    update people.merge m set record_id = l.stands from link l
    where m.organization_id = ${organizationId} and m.id = l.id and m.record_id <> l.stands
      and not exists (select from people.merge o where o.organization_id = ${organizationId} and o.undone_at is null
        and o.absorbed_id = l.stands)`.execute(tx)
}

interface Pair {
  organizationId: string
  survivorId: string
  absorbedId: string
}

/** What the list asked about these two is answered by it. */
async function settleReviews(tx: Tx, { id: by }: Actor, pair: Pair, now: Temporal.Instant): Promise<string[]> {
  const { organizationId, survivorId, absorbedId } = pair
  const { rows } = await sql<{ id: string }>`
    update people.match_review set decision = 'same', decided_at = ${now}, decided_by = ${by}
    where organization_id = ${organizationId} and decided_at is null
      and ((patient_id = ${absorbedId} and ${survivorId}::uuid = any(candidate_ids))
        or (patient_id = ${survivorId} and ${absorbedId}::uuid = any(candidate_ids)))
    returning id`.execute(tx)
  return rows.map(({ id }) => id)
}

const reopenReviews = (tx: Tx, organizationId: string, ids: readonly string[]) =>
  sql`update people.match_review set decision = null, decided_at = null, decided_by = null
    where organization_id = ${organizationId} and id = any(${ids}::uuid[])`.execute(tx)

/** In the trail of both. */
async function note(tx: Tx, actor: Actor, pair: Pair, { id, fields }: { id: string; fields: string[] }) {
  await auditAll(
    tx,
    actor,
    [pair.survivorId, pair.absorbedId].map((patientId) => ({
      action: 'update' as const,
      resourceType: 'Merge',
      resourceId: id,
      patientId,
      fields,
      purpose: 'OPS' as const,
    })),
  )
}
