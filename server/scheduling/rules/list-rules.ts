/** Shows the rules: what holds today, what waits, every version, and where each setting of a clinician comes from. */
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { notFound } from '../../platform/errors.ts'
import { readOrganization } from '../../people/index.ts'
import type { RuleLine, Version } from './contract.ts'
import { rulesOn, spansOf, weightOf } from './in-force.ts'
import { auditRule } from './keep-rule.ts'
import { readRulesInForce } from './read-rules.ts'
import { scopeView } from './wish.ts'
import './tables.ts'

/** By kind, the widest first. */
export async function listRules({ db, now }: Context, actor: Actor) {
  const { organizationId } = actor
  return within(db, actor, async (tx) => {
    const rules = await readLines(tx, organizationId, now())
    const [places, clinicians, visitTypes] = await Promise.all([
      sql<Named>`select id, name from directory.location where organization_id = ${organizationId} and active order by name`.execute(
        tx,
      ),
      sql<Named>`select d.id, concat_ws(' ', d.given_name, d.family_name) as name from directory.practitioner d
        where d.organization_id = ${organizationId} and d.active and exists (select from scheduling.offering o
          where o.organization_id = d.organization_id and o.practitioner_id = d.id and o.active)
        order by d.family_name, d.id limit 2000`.execute(tx),
      sql<Named>`select id, coalesce(name ->> 'en', code) as name from scheduling.visit_type
        where organization_id = ${organizationId} and active order by position, code`.execute(tx),
    ])
    return {
      rules: rules.map(({ line }) => line),
      places: places.rows,
      clinicians: clinicians.rows,
      visitTypes: visitTypes.rows,
    }
  })
}

interface Named {
  id: string
  name: string
}

/** Refuses `not_found`. */
export async function readRule({ db, now }: Context, actor: Actor, id: string) {
  const { organizationId } = actor
  return within(db, actor, async (tx) => {
    const [found] = await readLines(tx, organizationId, now(), id)
    if (!found) throw notFound('rule')
    const exceptions = await readExceptions(tx, organizationId, id)
    await auditRule(tx, actor, id, 'read')
    if (exceptions.length > 0) await audit(tx, actor, { action: 'search', resourceType: 'Appointment', purpose: 'OPS' })
    return { rule: found.line, versions: found.versions, exceptions }
  })
}

/** Visits that stand against the rule as they did when it was approved: those moved or cancelled since are none any more. */
async function readExceptions(tx: Tx, organizationId: string, ruleId: string) {
  const { rows } = await sql<{
    appointmentId: string
    startsAt: Temporal.Instant
    clinician: string
    visitType: string
    keptBy: string | null
  }>`
    select e.appointment_id, a.starts_at, concat_ws(' ', d.given_name, d.family_name) as clinician,
      coalesce(v.name ->> 'en', v.code) as visit_type, coalesce(w.name, e.kept_by) as kept_by
    from scheduling.rule_exception e ${standing}
    join scheduling.visit_type v on v.organization_id = a.organization_id and v.id = a.visit_type_id
    join directory.practitioner d on d.organization_id = a.organization_id and d.id = a.practitioner_id
    left join people.person w on w.organization_id = e.organization_id and 'person:' || w.id = e.kept_by
    where e.organization_id = ${organizationId} and e.rule_id = ${ruleId} order by a.starts_at limit 500`.execute(tx)
  return rows.map((row) => ({ ...row, startsAt: row.startsAt.toString() }))
}

const standing = sql`join scheduling.appointment a on a.organization_id = e.organization_id and a.id = e.appointment_id
  and a.status = 'booked' and a.version = e.visit_version`

async function readLines(tx: Tx, organizationId: string, now: Temporal.Instant, id?: string) {
  const { zone } = await readOrganization(tx, organizationId)
  const today = now.toZonedDateTimeISO(zone).toPlainDate().toString()
  const [rules, versions, names, open] = await Promise.all([
    tx
      .selectFrom('scheduling.rule')
      .where('organizationId', '=', organizationId)
      .$if(id !== undefined, (of) => of.where('id', '=', id ?? ''))
      .selectAll()
      .execute(),
    tx
      .selectFrom('scheduling.ruleVersion')
      .where('organizationId', '=', organizationId)
      .$if(id !== undefined, (of) => of.where('ruleId', '=', id ?? ''))
      .orderBy('version', 'desc')
      .selectAll()
      .execute(),
    tx
      .selectFrom('people.person')
      .where('organizationId', '=', organizationId)
      .where('name', 'is not', null)
      .select(['id', 'name'])
      .execute(),
    sql<{
      ruleId: string
      many: number
    }>`select e.rule_id, count(*)::int as many from scheduling.rule_exception e ${standing}
      where e.organization_id = ${organizationId} and e.kept_at is null and a.starts_at > ${now} group by 1`.execute(
      tx,
    ),
  ])
  const nameOf = new Map(names.map((one) => [`person:${one.id}`, one.name ?? '']))
  const openOf = new Map(open.rows.map((row) => [row.ruleId, row.many]))
  const byRule = Map.groupBy(versions, ({ ruleId }) => ruleId)
  return rules
    .flatMap((rule) => {
      const own = byRule.get(rule.id) ?? []
      const holding = heldOn(own, today)
      const shown = own.map((one) => versionView(one, { nameOf, holdsNow: one.version === holding }))
      const [newest] = shown
      if (!newest) return []
      const line: RuleLine = {
        id: rule.id,
        kind: rule.kind,
        scope: scopeView(rule),
        version: rule.version,
        newest,
        now: shown.find(({ holdsNow }) => holdsNow) ?? null,
        open: openOf.get(rule.id) ?? 0,
      }
      return [{ line, versions: shown, weight: weightOf(rule) }]
    })
    .toSorted((a, b) => a.line.kind.localeCompare(b.line.kind) || a.weight - b.weight)
}

type Row = Awaited<ReturnType<typeof readRows>>[number]
const readRows = (tx: Tx) => tx.selectFrom('scheduling.ruleVersion').selectAll().execute()

/** The version that holds on a day, if one does. */
function heldOn(rows: readonly Row[], day: string): number | undefined {
  const approved = rows.filter(({ state }) => state === 'approved')
  const spans = spansOf(
    approved.map((one) => ({ ...one, fromDay: one.fromDay.toString(), untilDay: one.untilDay?.toString() ?? null })),
  )
  return spans.find(({ fromDay, untilDay }) => fromDay <= day && (untilDay === null || day <= untilDay))?.version
}

function versionView(
  row: Row,
  { nameOf, holdsNow }: { nameOf: ReadonlyMap<string, string>; holdsNow: boolean },
): Version {
  const name = (who: string | null) => (who === null ? null : (nameOf.get(who) ?? who))
  return {
    version: row.version,
    state: row.state,
    standing: row.standing,
    settings: row.settings,
    fromDay: row.fromDay.toString(),
    untilDay: row.untilDay?.toString() ?? null,
    why: row.why,
    madeAt: row.madeAt.toString(),
    madeBy: name(row.madeBy) ?? '',
    proposedBy: name(row.proposedBy),
    proposedAt: row.proposedAt?.toString() ?? null,
    decidedBy: name(row.decidedBy),
    decidedAt: row.decidedAt?.toString() ?? null,
    decisionWords: row.decisionWords,
    restores: row.restores,
    holdsNow,
  }
}

interface Asked {
  clinicianId?: string
  placeId?: string
  visitTypeId?: string
  day: string
}

/** Of each kind and subject the rule that decides, and the wider ones that it wins over. */
export async function whatHolds({ db }: Context, actor: Actor, { clinicianId, placeId, visitTypeId, day }: Asked) {
  return within(db, actor, async (tx) => {
    const whose = clinicianId === undefined ? [nobody] : [clinicianId]
    const rules = await readRulesInForce(tx, actor.organizationId, whose)
    const about = {
      ...(clinicianId !== undefined && { practitionerId: clinicianId }),
      ...(placeId !== undefined && { locationId: placeId }),
      ...(visitTypeId !== undefined && { visitTypeId }),
    }
    return {
      settings: rulesOn(rules, about, day).flatMap(([first, ...over]) =>
        first
          ? [
              {
                kind: first.kind,
                ruleId: first.ruleId,
                version: first.version,
                from: scopeView(first),
                standing: first.standing,
                settings: first.settings,
                over: over.map((wider) => ({ ruleId: wider.ruleId, from: scopeView(wider) })),
              },
            ]
          : [],
      ),
    }
  })
}

const nobody = '00000000-0000-0000-0000-000000000000'
