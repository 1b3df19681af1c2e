/** The privacy officer's list of broken glass, and what was found out about each. */
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { audit, auditAll } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tables, type Tx } from '../../platform/db.ts'
import { conflict, invalid, notFound } from '../../platform/errors.ts'
import { goneWords, readWords, sealWords } from '../../platform/vault/words.ts'
import { glassField } from '../sealed.ts'
import { glassLimits } from './break-the-glass.ts'
import '../tables.ts'

const mostShown = 200

/** Those to review first, the most urgent first; then the newest that were. Reading the list is in the trail. */
export async function listBrokenGlass(context: Context, actor: Actor) {
  return within(context.db, actor, async (tx) => {
    await audit(tx, actor, { action: 'search', resourceType: 'BreakGlass', purpose: 'OPS' })
    const rows = await tx
      .selectFrom('people.breakGlass as b')
      .leftJoin('people.person as p', (on) =>
        on.onRef('p.organizationId', '=', 'b.organizationId').onRef('p.id', '=', 'b.personId'),
      )
      .innerJoin('people.patient as t', (on) =>
        on.onRef('t.organizationId', '=', 'b.organizationId').onRef('t.id', '=', 'b.patientId'),
      )
      .where('b.organizationId', '=', actor.organizationId)
      .selectAll('b')
      .select(['p.name', 't.givenName', 't.familyName', 't.bornOn'])
      .select(
        sql<number>`(select count(*)::int from people.break_glass w where w.organization_id = b.organization_id
          and w.person_id = b.person_id and w.broken_at <= b.broken_at and w.broken_at > b.broken_at - interval '7 days')`.as(
          'inWeek',
        ),
      )
      .orderBy(sql`b.reviewed_at is not null`)
      .orderBy(sql`case when b.reviewed_at is null then b.review_due_at end`)
      .orderBy('b.brokenAt', 'desc')
      .limit(mostShown)
      .execute()
    // Found in a list, not looked at: the officer's own lists are no looks to judge.
    await auditAll(
      tx,
      actor,
      rows.map(({ patientId }) => ({
        action: 'search' as const,
        resourceType: 'Patient',
        resourceId: patientId,
        patientId,
        fields: ['name', 'bornOn'],
        purpose: 'OPS' as const,
      })),
    )
    const [words, notes] = await wordsOf(context, tx, rows)
    return rows.map(({ id, personId, name, role, patientId, reason, inWeek, ...row }, at) => ({
      id,
      patientId,
      patient: {
        id: patientId,
        name: `${row.givenName} ${row.familyName}`.trim(),
        bornOn: row.bornOn?.toString() ?? null,
      },
      reason,
      words: words[at] ?? goneWords,
      person: { id: personId, name, role },
      mine: personId === actor.personId,
      brokenAt: row.brokenAt.toString(),
      endsAt: row.endsAt.toString(),
      reviewDueAt: row.reviewDueAt.toString(),
      inWeek,
      often: inWeek > glassLimits.oftenAWeek,
      review:
        row.outcome && row.reviewedAt
          ? { outcome: row.outcome, note: notes[at] ?? null, at: row.reviewedAt.toString() }
          : null,
    }))
  })
}

type Said = Pick<
  Tables['people.breakGlass'],
  'organizationId' | 'patientId' | 'words' | 'wordsSealed' | 'note' | 'noteSealed'
> & { id: string }

async function wordsOf(context: Context, tx: Tx, rows: readonly Said[]) {
  const words = rows.map((row) => ({ field: glassField(row, 'words'), plain: row.words, sealed: row.wordsSealed }))
  const notes = rows.map((row) => ({ field: glassField(row, 'note'), plain: row.note, sealed: row.noteSealed }))
  return [await readWords(context, tx, words), await readWords(context, tx, notes)] as const
}

/** Refuses `not_found`, `not_your_own`, and `already_decided` when somebody was faster. */
export async function reviewBrokenGlass(
  context: Context,
  actor: Actor,
  id: string,
  { outcome, note }: { outcome: 'fine' | 'violation'; note?: string },
) {
  const { organizationId } = actor
  await within(context.db, actor, async (tx) => {
    const broken = await tx
      .selectFrom('people.breakGlass')
      .where('organizationId', '=', actor.organizationId)
      .where('id', '=', id)
      .select(['patientId', 'personId', 'reviewedAt'])
      .forUpdate()
      .executeTakeFirst()
    if (!broken) throw notFound('broken glass')
    if (broken.personId === actor.personId) throw invalid('not_your_own', 'Somebody else reviews what you did.')
    if (broken.reviewedAt) throw conflict('already_decided', 'Somebody has decided this already.')
    const { patientId } = broken
    const field = glassField({ organizationId, patientId, id }, 'note')
    const noteSealed = await sealWords(context, tx, field, note)
    await tx
      .updateTable('people.breakGlass')
      .set({ outcome, noteSealed, reviewedAt: context.now(), reviewedBy: actor.id })
      .where('organizationId', '=', actor.organizationId)
      .where('id', '=', id)
      .execute()
    await audit(tx, actor, { action: 'update', resourceType: 'BreakGlass', resourceId: id, patientId, purpose: 'OPS' })
  })
}
