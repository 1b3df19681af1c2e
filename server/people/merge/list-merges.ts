/** What was merged, why and by whom, and who may act for one of the two: for the desk that decides and the privacy officer. */
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { audit, auditAll } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { system } from '../../platform/actor.ts'
import { within, type Tx } from '../../platform/db.ts'
import { conflict, notFound } from '../../platform/errors.ts'
import { readWords } from '../../platform/vault/words.ts'
import { mergeField } from '../sealed.ts'
import type { MergeView } from './contract.ts'
import { recordIds } from './one-record.ts'
import '../tables.ts'

const mostShown = 100

interface Row {
  id: string
  survivorId: string
  absorbedId: string
  reasonSealed: Buffer
  undoReasonSealed: Buffer | null
  mergedAt: Temporal.Instant
  mergedBy: string
  undoneAt: Temporal.Instant | null
  undoneBy: string | null
  survivor: MergeView['survivor']
  absorbed: MergeView['absorbed']
  proxies: MergeView['proxies']
}

/** The newest first; those of one patient and of the records merged with them, or of everybody. Each patient that is shown is in the trail. */
export async function listMerges(context: Context, actor: Actor, patientId?: string): Promise<MergeView[]> {
  return within(context.db, system(actor.organizationId, 'list-merges'), async (tx) => {
    const rows = await readRows(tx, actor.organizationId, patientId)
    const ids = [...new Set(rows.flatMap(({ survivorId, absorbedId }) => [survivorId, absorbedId]))]
    await auditAll(
      tx,
      actor,
      ids.map((id) => ({ action: 'read', resourceType: 'Merge', patientId: id, purpose: 'OPS' as const })),
    )
    const at = (row: Row) => ({ organizationId: actor.organizationId, id: row.id, patientId: row.survivorId })
    const reasons = await readWords(
      context,
      tx,
      rows.map((row) => ({ field: mergeField(at(row), 'reason'), plain: null, sealed: row.reasonSealed })),
    )
    const undoings = await readWords(
      context,
      tx,
      rows.map((row) => ({ field: mergeField(at(row), 'undo_reason'), plain: null, sealed: row.undoReasonSealed })),
    )
    return rows.map((row, place) => ({
      id: row.id,
      survivor: row.survivor,
      absorbed: row.absorbed,
      reason: reasons[place] ?? '',
      mergedAt: row.mergedAt.toString(),
      mergedBy: row.mergedBy,
      undone: row.undoneAt && {
        at: row.undoneAt.toString(),
        by: row.undoneBy ?? '',
        reason: undoings[place] ?? '',
      },
      proxies: row.proxies,
    }))
  })
}

async function readRows(tx: Tx, organizationId: string, patientId: string | undefined): Promise<Row[]> {
  const of = patientId === undefined ? undefined : await recordIds(tx, organizationId, patientId)
  const named = (alias: 's' | 'b') =>
    sql`json_build_object('id', ${sql.ref(`${alias}.id`)}, 'name', trim(${sql.ref(`${alias}.given_name`)} || ' ' || ${sql.ref(`${alias}.family_name`)}),
      'bornOn', ${sql.ref(`${alias}.born_on`)})`
  const by = (column: 'merged_by' | 'undone_by') => sql`coalesce((select p.name from people.person p
    where p.organization_id = m.organization_id and 'person:' || p.id = ${sql.ref(`m.${column}`)}), ${sql.ref(`m.${column}`)})`
  const { rows } = await sql<Row>`
    select m.id, m.survivor_id, m.absorbed_id, m.reason_sealed, m.undo_reason_sealed, m.merged_at, m.undone_at,
      ${by('merged_by')} as merged_by, ${by('undone_by')} as undone_by, ${named('s')} as survivor, ${named('b')} as absorbed,
      coalesce((select json_agg(json_build_object('grantId', g.id, 'patientId', g.patient_id, 'name', g.proxy_name,
          'seesBoth', exists (select from people.merge_proxy w where w.organization_id = m.organization_id and w.merge_id = m.id
            and w.grant_id = g.id)) order by g.given_at, g.id)
        from people.proxy_grant g where g.organization_id = m.organization_id and m.undone_at is null
          and g.patient_id in (m.survivor_id, m.absorbed_id) and g.ended_at is null and g.blocked_at is null
          and g.person_id is not null), '[]') as proxies
    from people.merge m
    join people.patient s on s.organization_id = m.organization_id and s.id = m.survivor_id
    join people.patient b on b.organization_id = m.organization_id and b.id = m.absorbed_id
    where m.organization_id = ${organizationId}
      and (${of ?? null}::uuid[] is null or m.survivor_id = any(${of ?? null}::uuid[]) or m.absorbed_id = any(${of ?? null}::uuid[]))
    order by m.merged_at desc, m.id desc limit ${mostShown}`.execute(tx)
  return rows
}

/**
 * For as long as the merge stands. Refuses `not_found` for a merge that was undone or a grant of neither record, and
 * `person_blocked` for who is kept from one of the two.
 */
export async function widenProxy(
  { db, now }: Context,
  actor: Actor,
  { id, grantId }: { id: string; grantId: string },
  seesBoth: boolean,
) {
  const { organizationId } = actor
  await within(db, system(organizationId, 'widen-proxy'), async (tx) => {
    const { rows } = await sql<{ patientId: string; isBlocked: boolean }>`
      select g.patient_id, exists (select from people.proxy_grant k where k.organization_id = m.organization_id
        and k.patient_id in (m.survivor_id, m.absorbed_id) and k.person_id = g.person_id and k.blocked_at is not null) as is_blocked
      from people.merge m join people.proxy_grant g on g.organization_id = m.organization_id
        and g.patient_id in (m.survivor_id, m.absorbed_id) and g.ended_at is null
      where m.organization_id = ${organizationId} and m.id = ${id} and g.id = ${grantId} and m.undone_at is null`.execute(
      tx,
    )
    const [found] = rows
    if (!found) throw notFound('grant')
    if (seesBoth && found.isBlocked)
      throw conflict('person_blocked', 'This person is kept from one of the two records.')
    if (seesBoth)
      await tx
        .insertInto('people.mergeProxy')
        .values({ organizationId, mergeId: id, grantId, widenedAt: now(), widenedBy: actor.id })
        .onConflict((same) => same.doNothing())
        .execute()
    else
      await tx
        .deleteFrom('people.mergeProxy')
        .where('organizationId', '=', organizationId)
        .where('mergeId', '=', id)
        .where('grantId', '=', grantId)
        .execute()
    await audit(tx, actor, {
      action: 'update',
      resourceType: 'ProxyGrant',
      resourceId: grantId,
      patientId: found.patientId,
      fields: [seesBoth ? 'sees-both' : 'sees-one'],
    })
  })
}

/** The records that a grant opens: the one it was given for, and what the desk let it see since. */
export async function recordsOfGrant(tx: Tx, organizationId: string, grant: { id: string; patientId: string }) {
  const { rows } = await sql<{ survivorId: string; absorbedId: string }>`
    select m.survivor_id, m.absorbed_id from people.merge_proxy w join people.merge m on m.organization_id = w.organization_id
      and m.id = w.merge_id and m.undone_at is null
    where w.organization_id = ${organizationId} and w.grant_id = ${grant.id}`.execute(tx)
  return [...new Set([grant.patientId, ...rows.flatMap(({ survivorId, absorbedId }) => [survivorId, absorbedId])])]
}
