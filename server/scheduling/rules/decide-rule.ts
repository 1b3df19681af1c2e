/** Proposes a version, approves or returns it, and goes back to the one before: two people for everything new. */
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { conflict, invalid, notFound } from '../../platform/errors.ts'
import { readOrganization } from '../../people/index.ts'
import { spansOf } from './in-force.ts'
import { auditRule, changedSince, nextVersion, type Change } from './keep-rule.ts'
import { brokenVisits } from './preview.ts'
import { unfitBecause } from './unfit.ts'
import { scopeView } from './wish.ts'
import './tables.ts'

/** Refuses what `unfitBecause` finds, `rule_not_a_draft`, and `rule_changed`. */
export async function proposeRule({ db, now }: Context, actor: Actor, seen: Change): Promise<Change> {
  await within(db, actor, async (tx) => {
    const found = await newest(tx, actor, seen)
    if (found.state !== 'draft' && found.state !== 'returned')
      throw conflict('rule_not_a_draft', 'This version was proposed or decided already. Look at it again.')
    const unfit = await unfitBecause(tx, actor.organizationId, wishOf(found), now())
    if (unfit) throw unfit
    await mark(tx, actor, seen, {
      state: 'proposed',
      proposedAt: now(),
      proposedBy: actor.id,
      decidedAt: null,
      decidedBy: null,
      decisionWords: null,
    })
  })
  return { id: seen.id, version: seen.version }
}

interface Decision extends Change {
  approve: boolean
  words?: string
}

/**
 * Approves what another proposed: it is in force from its day on, and openings follow. Visits that it refuses stay, and are
 * listed. Refuses `own_proposal`, `rule_not_proposed`, `rule_changed`, and what has become unfit meanwhile.
 */
export async function decideRule(context: Context, actor: Actor, decision: Decision) {
  const { db, now } = context
  return within(db, actor, async (tx) => {
    const found = await newest(tx, actor, decision)
    if (found.state !== 'proposed')
      throw conflict('rule_not_proposed', 'Nobody proposed this version, or somebody has decided it already.')
    if (found.proposedBy === actor.id)
      throw conflict('own_proposal', 'A colleague decides about what you proposed yourself.')
    const words = decision.words ?? null
    const decided = { decidedAt: now(), decidedBy: actor.id, decisionWords: words }
    if (!decision.approve) {
      if (words === null) throw invalid('words_needed', 'Say why, so that whoever proposed it can change it.')
      await mark(tx, actor, decision, { state: 'returned', ...decided })
      return { ...seenBy(decision), broken: 0 }
    }
    const unfit = await unfitBecause(tx, actor.organizationId, wishOf(found), now())
    if (unfit) throw unfit
    await mark(tx, actor, decision, { state: 'approved', ...decided })
    return putInForce(context, tx, actor, decision)
  })
}

/**
 * Back to the approved version before the one that was approved last, from today on and at once: what it says two people
 * have approved already, and whoever needs it cannot wait. It is a version of its own, and says what it restores.
 */
export async function returnRule(context: Context, actor: Actor, seen: Change) {
  const { db, now } = context
  const { organizationId } = actor
  return within(db, actor, async (tx) => {
    const found = await newest(tx, actor, seen)
    const approved = await approvedVersions(tx, organizationId, seen.id)
    const last = approved.at(-1)
    if (!last) throw conflict('nothing_to_return_to', 'No version of this rule was approved yet.')
    // What a return restored counts as the version it repeats: twice back is two versions back.
    const until = last.restores ?? last.version
    const before = approved.findLast(({ version }) => version < until)
    if (until === 0) throw conflict('nothing_to_return_to', 'There is no version before this one.')
    const version = await nextVersion(tx, actor, seen)
    const { zone } = await readOrganization(tx, organizationId)
    const today = now().toZonedDateTimeISO(zone).toPlainDate()
    await tx
      .insertInto('scheduling.ruleVersion')
      .values({
        organizationId,
        ruleId: seen.id,
        version,
        state: 'approved',
        standing: before?.standing ?? 'ended',
        settings: before?.settings ? JSON.stringify(before.settings) : null,
        fromDay: today,
        untilDay: before?.untilDay && Temporal.PlainDate.compare(before.untilDay, today) >= 0 ? before.untilDay : null,
        why: found.why,
        madeAt: now(),
        madeBy: actor.id,
        proposedAt: now(),
        proposedBy: actor.id,
        decidedAt: now(),
        decidedBy: actor.id,
        restores: before ? (before.restores ?? before.version) : 0,
      })
      .execute()
    return putInForce(context, tx, actor, { id: seen.id, version })
  })
}

const seenBy = ({ id, version }: Change): Change => ({ id, version })

async function newest(tx: Tx, actor: Actor, seen: Change) {
  const found = await tx
    .selectFrom('scheduling.rule as r')
    .innerJoin('scheduling.ruleVersion as v', (on) =>
      on
        .onRef('v.organizationId', '=', 'r.organizationId')
        .onRef('v.ruleId', '=', 'r.id')
        .onRef('v.version', '=', 'r.version'),
    )
    .where('r.organizationId', '=', actor.organizationId)
    .where('r.id', '=', seen.id)
    .selectAll('v')
    .select(['r.id', 'r.kind', 'r.subject', 'r.locationId', 'r.practitionerId', 'r.visitTypeId'])
    .forUpdate('r')
    .executeTakeFirst()
  if (!found) throw notFound('rule')
  if (found.version !== seen.version) throw await changedSince(tx, actor, seen)
  return found
}

type Found = Awaited<ReturnType<typeof newest>>

const wishOf = ({ kind, standing, settings, fromDay, untilDay, ...rule }: Found) => ({
  ruleId: rule.ruleId,
  kind,
  scope: scopeView(rule),
  standing,
  settings,
  fromDay: fromDay.toString(),
  untilDay: untilDay?.toString() ?? null,
})

interface Marks {
  state: Found['state']
  proposedAt?: Temporal.Instant
  proposedBy?: string
  decidedAt: Temporal.Instant | null
  decidedBy: string | null
  decisionWords: string | null
}

async function mark(tx: Tx, actor: Actor, { id, version }: Change, marks: Marks) {
  await tx
    .updateTable('scheduling.ruleVersion')
    .set(marks)
    .where('organizationId', '=', actor.organizationId)
    .where('ruleId', '=', id)
    .where('version', '=', version)
    .execute()
  await auditRule(tx, actor, id, 'update')
}

export const approvedVersions = (tx: Tx, organizationId: string, ruleId: string) =>
  tx
    .selectFrom('scheduling.ruleVersion')
    .where('organizationId', '=', organizationId)
    .where('ruleId', '=', ruleId)
    .where('state', '=', 'approved')
    .orderBy('version')
    .selectAll()
    .execute()

/** Cuts the approved versions into days, lists the visits that the newest refuses, and has the openings follow. */
async function putInForce(context: Context, tx: Tx, actor: Actor, { id, version }: Change) {
  const { organizationId } = actor
  const rule = await newest(tx, actor, { id, version })
  const spans = spansOf(
    (await approvedVersions(tx, organizationId, id)).map((one) => ({
      ...one,
      fromDay: one.fromDay.toString(),
      untilDay: one.untilDay?.toString() ?? null,
    })),
  )
  await tx
    .deleteFrom('scheduling.ruleInForce')
    .where('organizationId', '=', organizationId)
    .where('ruleId', '=', id)
    .execute()
  const { kind, subject, locationId, practitionerId, visitTypeId } = rule
  if (spans.length > 0)
    await tx
      .insertInto('scheduling.ruleInForce')
      .values(
        spans.map((span) => ({
          organizationId,
          ruleId: id,
          kind,
          subject,
          locationId,
          practitionerId,
          visitTypeId,
          version: span.version,
          standing: span.standing,
          settings: span.settings && JSON.stringify(span.settings),
          fromDay: Temporal.PlainDate.from(span.fromDay),
          untilDay: span.untilDay === null ? null : Temporal.PlainDate.from(span.untilDay),
        })),
      )
      .execute()
  const broken = await brokenVisits(tx, organizationId, wishOf(rule), context.now())
  await tx
    .deleteFrom('scheduling.ruleException')
    .where('organizationId', '=', organizationId)
    .where('ruleId', '=', id)
    .where('keptAt', 'is', null)
    .execute()
  if (broken.length > 0)
    await tx
      .insertInto('scheduling.ruleException')
      .values(
        broken.map(({ appointmentId, visitVersion }) => ({
          organizationId,
          ruleId: id,
          appointmentId,
          version,
          visitVersion,
          foundAt: context.now(),
        })),
      )
      .onConflict((same) => same.doNothing())
      .execute()
  await auditRule(tx, actor, id, 'update')
  await context.announce(tx, 'rule.changed', { organizationId, ruleId: id, version })
  return { id, version, broken: broken.length }
}
