/** A rule that is not in force yet, supposed to be: what it would leave of the openings of all whom it is about. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import { readOrganization } from '../../people/index.ts'
import { computeOpenings, indexDays } from '../openings/calendar.ts'
import { isAbout, type Rule, type Scope } from './in-force.ts'
import { readRulesInForce } from './read-rules.ts'
import { readWish, scopeOf, type Wish } from './wish.ts'
import './tables.ts'

/** How far ahead openings are counted, and of how many clinicians at the most. */
const countedDays = 28
const mostCounted = 40

/** Of a rule that is there, with its id. */
export type Wanted = Wish & { ruleId?: string }

export const newRule = '00000000-0000-0000-0000-000000000000'

/** The wish as a rule in force from its day on; an ended one decides about nothing. */
export function supposed(wish: Wanted, fromDay: string): Rule | undefined {
  if (wish.standing === 'ended') return undefined
  const { kind, settings, standing, untilDay } = wish
  const ruleId = wish.ruleId ?? newRule
  return {
    ruleId,
    version: 0,
    kind,
    subject: readWish(wish),
    ...scopeOf(wish.scope),
    standing,
    settings,
    fromDay,
    untilDay,
  }
}

/** Openings of the coming weeks as the rules are and as they would be, by clinician. */
export async function countOpenings(tx: Tx, organizationId: string, wish: Wanted, now: Temporal.Instant) {
  const { zone } = await readOrganization(tx, organizationId)
  const today = now.toZonedDateTimeISO(zone).toPlainDate()
  const begins = Temporal.PlainDate.from(wish.fromDay)
  const last = today.add({ days: indexDays - countedDays })
  const firstDay = [today, begins, last].toSorted((a, b) => Temporal.PlainDate.compare(a, b))[1] ?? today
  const span = { firstDay, days: countedDays }
  const affected = await offeringsOf(tx, organizationId, scopeOf(wish.scope))
  const names = new Map(affected.map(({ practitionerId, name }) => [practitionerId, name]))
  const whose = [...names.keys()].slice(0, mostCounted)
  if (whose.length === 0) return { fromDay: firstDay.toString(), days: countedDays, clinicians: [], more: 0 }
  const rules = await allInForce(tx, organizationId)
  const rule = supposed(wish, wish.fromDay)
  const then = [...rules.filter(({ ruleId }) => ruleId !== wish.ruleId), ...(rule ? [rule] : [])]
  const offeringIds = new Set(affected.map(({ id }) => id))
  const count = async (some: readonly Rule[]) => {
    const rows = await computeOpenings(tx, { organizationId, whose, rules: some }, span, now)
    const starts = new Map<string, number>()
    for (const row of rows)
      if (offeringIds.has(row.offering_id))
        starts.set(row.practitioner_id, (starts.get(row.practitioner_id) ?? 0) + row.starts.length)
    return starts
  }
  const [before, after] = [await count(rules), await count(then)]
  return {
    fromDay: firstDay.toString(),
    days: countedDays,
    clinicians: whose.map((id) => ({
      id,
      name: names.get(id) ?? '',
      before: before.get(id) ?? 0,
      after: after.get(id) ?? 0,
    })),
    more: names.size - whose.length,
  }
}

export const allInForce = async (tx: Tx, organizationId: string) => {
  const whose = await tx
    .selectFrom('scheduling.ruleInForce')
    .where('organizationId', '=', organizationId)
    .where('practitionerId', 'is not', null)
    .select('practitionerId')
    .distinct()
    .execute()
  return readRulesInForce(
    tx,
    organizationId,
    whose.flatMap(({ practitionerId }) => practitionerId ?? []),
  )
}

/** What is offered in a scope, with who offers it. */
export async function offeringsOf(tx: Tx, organizationId: string, { locationId, practitionerId, visitTypeId }: Scope) {
  const { rows } = await sql<{
    id: string
    practitionerId: string
    locationId: string
    visitTypeId: string
    name: string
  }>`
    select o.id, o.practitioner_id, o.location_id, o.visit_type_id, concat_ws(' ', d.given_name, d.family_name) as name
    from scheduling.offering o join directory.practitioner d on d.organization_id = o.organization_id and d.id = o.practitioner_id
    where o.organization_id = ${organizationId} and o.active order by d.family_name, d.id`.execute(tx)
  return rows.filter((one) => isAbout({ locationId, practitionerId, visitTypeId }, one))
}

/** Whom a rule is about. */
export async function whoseOf(tx: Tx, organizationId: string, scope: Scope): Promise<string[]> {
  const offered = await offeringsOf(tx, organizationId, scope)
  return [...new Set(offered.map((one) => one.practitionerId))]
}
