/** Writes rules as drafts: a new one, or a further version of one. Nothing that was saved is ever lost. */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { conflict, invalid, notFound } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { claim, type RequestKey } from '../../platform/once.ts'
import { subjectOf } from './in-force.ts'
import { refuseUnknown } from './refuse-unknown.ts'
import { readWish, scopeOf, type Said, type Wish } from './wish.ts'
import './tables.ts'

/** Refuses `rule_exists`, with which, where there is one of this kind, subject and scope already; `not_found` for what it names and is not here. */
export async function draftRule(
  { db, now }: Context,
  actor: Actor,
  { why, ...wish }: Wish & { why: string },
  requestKey?: RequestKey,
) {
  const { organizationId } = actor
  const subject = readWish(wish)
  return within(db, actor, async (tx) => {
    const id = newId()
    const before = await claim(tx, actor, requestKey, id)
    if (before) return { id: before, version: 1 }
    await refuseUnknown(tx, organizationId, wish)
    const written = await tx
      .insertInto('scheduling.rule')
      .values({
        organizationId,
        id,
        kind: wish.kind,
        subject,
        ...scopeOf(wish.scope),
        version: 1,
        madeAt: now(),
        madeBy: actor.id,
      })
      .onConflict((same) => same.constraint('one_rule_a_scope').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!written) throw conflict('rule_exists', 'There is a rule of this kind for this already. Change that one.')
    await writeVersion(tx, actor, { ruleId: id, version: 1, why, said: wish, at: now() })
    return { id, version: 1 }
  })
}

export interface Change {
  id: string
  /** The newest that whoever changes it has seen. */
  version: number
}

/** Refuses `rule_changed`, with what changed since and by whom, when somebody was faster. */
export async function changeRule({ db, now }: Context, actor: Actor, change: Change & Said & { why: string }) {
  const { id, version, why, ...said } = change
  return within(db, actor, async (tx) => {
    const rule = await tx
      .selectFrom('scheduling.rule')
      .where('organizationId', '=', actor.organizationId)
      .where('id', '=', id)
      .selectAll()
      .executeTakeFirst()
    if (!rule) throw notFound('rule')
    const { kind, locationId, practitionerId, visitTypeId } = rule
    const scope = { placeId: locationId, clinicianId: practitionerId, visitTypeId }
    readWish({ kind, scope, ...said })
    await refuseUnknown(tx, actor.organizationId, { scope, settings: said.settings })
    if (said.settings && subjectOf(kind, said.settings, rule) !== rule.subject)
      throw invalid('rule_about_another', 'This would be another rule: write a new one, and end this one.')
    const next = await nextVersion(tx, actor, { id, version })
    await writeVersion(tx, actor, { ruleId: id, version: next, why, said, at: now() })
    return { id, version: next }
  })
}

/** Moves the rule on to a further version; whoever saw an older one is told what they did not see. */
export async function nextVersion(tx: Tx, actor: Actor, seen: Change): Promise<number> {
  const { organizationId } = actor
  const moved = await tx
    .updateTable('scheduling.rule')
    .set((of) => ({ version: of('version', '+', 1) }))
    .where('organizationId', '=', organizationId)
    .where('id', '=', seen.id)
    .where('version', '=', seen.version)
    .returning('version')
    .executeTakeFirst()
  if (!moved) throw await changedSince(tx, actor, seen)
  await tx
    .updateTable('scheduling.ruleVersion')
    .set({ state: 'withdrawn' })
    .where('organizationId', '=', organizationId)
    .where('ruleId', '=', seen.id)
    .where('version', '=', seen.version)
    .where('state', 'in', ['draft', 'proposed'])
    .execute()
  return moved.version
}

const compared = ['standing', 'settings', 'fromDay', 'untilDay', 'state'] as const

/** `rule_changed`, with the newest version, who made it, and which parts differ from what was seen. */
export async function changedSince(tx: Tx, { organizationId }: Actor, { id, version }: Change) {
  const rows = await tx
    .selectFrom('scheduling.ruleVersion')
    .where('organizationId', '=', organizationId)
    .where('ruleId', '=', id)
    .where('version', '>=', version)
    .orderBy('version', 'desc')
    .selectAll()
    .execute()
  const [newest, seen] = [rows[0], rows.find((row) => row.version === version)]
  if (!newest || !seen) return notFound('rule')
  const changed = compared.filter((part) => JSON.stringify(newest[part]) !== JSON.stringify(seen[part]))
  return conflict('rule_changed', 'A colleague changed this rule in the meantime. Look at it again first.', {
    version: newest.version,
    changedBy: newest.madeBy,
    changed,
  })
}

interface Written {
  ruleId: string
  version: number
  why: string
  said: Said
  at: Temporal.Instant
}

async function writeVersion(tx: Tx, actor: Actor, { ruleId, version, why, said, at }: Written) {
  const { standing, settings, fromDay, untilDay } = said
  await tx
    .insertInto('scheduling.ruleVersion')
    .values({
      organizationId: actor.organizationId,
      ruleId,
      version,
      state: 'draft',
      standing,
      settings: settings && JSON.stringify(settings),
      fromDay: Temporal.PlainDate.from(fromDay),
      untilDay: untilDay === null ? null : Temporal.PlainDate.from(untilDay),
      why,
      madeAt: at,
      madeBy: actor.id,
    })
    .execute()
  await auditRule(tx, actor, ruleId, 'update')
}

export const auditRule = (tx: Tx, actor: Actor, ruleId: string, action: 'read' | 'update') =>
  audit(tx, actor, { action, resourceType: 'PlanDefinition', resourceId: ruleId, purpose: 'OPS' })
