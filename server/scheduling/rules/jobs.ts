/** What the rules do on a fact and by the clock: openings follow what was approved, reserved time is given back. */
import { system } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import type { Chore, Listener } from '../../platform/events.ts'
import { listOrganizations } from '../../people/index.ts'
import { changed } from '../desk/live.ts'
import { toMinute } from '../openings/minutes.ts'
import { rebuild } from '../openings/rebuild.ts'
import type { SettingsOf } from './contract.ts'
import { followRule } from './follow-rule.ts'
import { releasedAt } from './judge.ts'
import { whoseOf } from './supposed.ts'
import { dayAt } from './when.ts'
import './tables.ts'

/** The openings follow a rule that came into force; meanwhile every booking asks the rule itself. */
export const followRules: Listener = {
  queue: 'scheduling.follow-rule',
  hears: ['rule.changed'],
  async work(context, fact) {
    if (fact.event === 'rule.changed') await followRule(context, fact)
  },
}

/** Reserved time whose hour has come is opened to all. */
export const releaseReserved: Chore = {
  task: 'scheduling.release-reserved',
  everySeconds: 60,
  async run(context) {
    for (const { id, zone } of await listOrganizations(context.db.worker)) await releaseIn(context, id, zone)
  },
}

async function releaseIn(context: Context, organizationId: string, zone: string) {
  const { db, now } = context
  const isChanged = await within(db, system(organizationId, 'rules'), async (tx) => {
    const reserved = await tx
      .selectFrom('scheduling.ruleInForce')
      .where('organizationId', '=', organizationId)
      .where('kind', '=', 'reserved_time')
      .where('standing', '=', 'holds')
      .selectAll()
      .execute()
    if (reserved.length === 0) return false
    const since = await moveClock(tx, organizationId, now())
    const due = reserved.map((rule) => ({
      rule,
      dates: datesReleased(rule.settings as SettingsOf['reserved_time'], zone, { since, until: now() }),
    }))
    for (const { rule, dates } of due.filter((one) => one.dates.size > 0))
      await rebuild(tx, { organizationId, whose: await whoseOf(tx, organizationId, rule) }, dates, now())
    return due.some((one) => one.dates.size > 0)
  })
  if (isChanged) changed(context, organizationId)
}

/** Moves the clock of releases on, and gives from when. A clock that stood for long looks two days back at the most. */
async function moveClock(tx: Tx, organizationId: string, now: Temporal.Instant): Promise<Temporal.Instant> {
  const before = await tx
    .selectFrom('scheduling.ruleClock')
    .where('organizationId', '=', organizationId)
    .select('releasedUntil')
    .executeTakeFirst()
  await tx
    .insertInto('scheduling.ruleClock')
    .values({ organizationId, releasedUntil: now })
    .onConflict((same) => same.column('organizationId').doUpdateSet({ releasedUntil: now }))
    .execute()
  const earliest = now.subtract({ hours: 48 })
  return before && Temporal.Instant.compare(before.releasedUntil, earliest) > 0 ? before.releasedUntil : earliest
}

interface Window {
  since: Temporal.Instant
  until: Temporal.Instant
}

/** The local dates of which a block was released in a window; a day to each side, for places in other zones. */
function datesReleased(
  { blocks, releaseHours }: SettingsOf['reserved_time'],
  zone: string,
  { since, until }: Window,
): Set<string> {
  const dates = new Set<string>()
  const first = since.add({ hours: releaseHours }).toZonedDateTimeISO(zone).toPlainDate().subtract({ days: 2 })
  const last = until.add({ hours: releaseHours }).toZonedDateTimeISO(zone).toPlainDate().add({ days: 2 })
  const [from, to] = [toMinute(since) - dayMinutes, toMinute(until) + dayMinutes]
  for (let day = first; Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) {
    const local = dayAt(day.toString(), zone)
    const isReleased = blocks.some(({ weekday, fromMinute }) => {
      const at = releasedAt(local.day[0], fromMinute, releaseHours)
      return weekday === local.weekday && at > from && at <= to
    })
    if (isReleased) dates.add(local.date)
  }
  return dates
}

const dayMinutes = 1440
