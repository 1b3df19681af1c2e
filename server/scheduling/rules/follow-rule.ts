/** Has the index of openings follow a rule: the days it touches, of everybody it is about, some clinicians at a time. */
import { system } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import { changed } from '../desk/live.ts'
import { indexDays } from '../openings/calendar.ts'
import { rebuild } from '../openings/rebuild.ts'
import { approvedVersions } from './decide-rule.ts'
import { spansOf, type Approved } from './in-force.ts'
import { whoseOf } from './supposed.ts'
import { touchedBy, type Saying } from './touched.ts'
import './tables.ts'

/** Clinicians whose turns are taken together: a booking waits for these, not for a thousand. */
const atOnce = 40

export interface RuleChange {
  organizationId: string
  ruleId: string
  /** The version that came into force. */
  version: number
}

/** Gives how many clinicians' openings were looked at. Told twice, it does the same again. */
export async function followRule(context: Context, { organizationId, ruleId, version }: RuleChange): Promise<number> {
  const { db, now } = context
  const actor = system(organizationId, 'rules')
  const found = await within(db, actor, async (tx) => {
    const rule = await tx
      .selectFrom('scheduling.rule')
      .where('organizationId', '=', organizationId)
      .where('id', '=', ruleId)
      .selectAll()
      .executeTakeFirst()
    if (!rule) return undefined
    const { kind } = rule
    const versions = (await approvedVersions(tx, organizationId, ruleId)).map((one) => ({
      ...one,
      fromDay: one.fromDay.toString(),
      untilDay: one.untilDay?.toString() ?? null,
    }))
    const before = sayingOf(
      kind,
      versions.filter((one) => one.version < version),
    )
    const after = sayingOf(
      kind,
      versions.filter((one) => one.version <= version),
    )
    return {
      dates: datesOf(now()).filter((day) => touchedBy(before(day), after(day), day)),
      whose: await whoseOf(tx, organizationId, rule),
    }
  })
  if (!found || found.dates.length === 0) return 0
  const dates = new Set(found.dates)
  const groups = Array.from({ length: Math.ceil(found.whose.length / atOnce) }, (_, group) =>
    found.whose.slice(group * atOnce, (group + 1) * atOnce),
  )
  // While the database writes those of one group, the next is computed.
  const followGroups = async () => {
    for (let whose = groups.pop(); whose; whose = groups.pop()) {
      const group = { organizationId, whose }
      await within(db, actor, (tx) => rebuild(tx, group, dates, now()))
    }
  }
  await Promise.all([followGroups(), followGroups()])
  changed(context, organizationId)
  return found.whose.length
}

/** What the rule says on a day, by some of its versions. */
function sayingOf(kind: Saying['kind'], versions: readonly Approved[]) {
  const spans = spansOf(versions)
  return (day: string): Saying | undefined => {
    const held = spans.find(({ fromDay, untilDay }) => fromDay <= day && (untilDay === null || day <= untilDay))
    return held && { kind, standing: held.standing, version: held.version, settings: held.settings }
  }
}

/** Every day of the index, in any zone. */
function datesOf(now: Temporal.Instant): string[] {
  const first = now.toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: 1 })
  return Array.from({ length: indexDays + 2 }, (_, days) => first.add({ days }).toString())
}
