/** Plans visits that belong together from the index of openings: a series, or a chain of different kinds. */
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import { invalid } from '../../platform/errors.ts'
import { readOrganization } from '../../people/index.ts'
import { indexDays } from '../openings/calendar.ts'
import { toText } from '../openings/minutes.ts'
import { brokenStep, findChains } from './chain.ts'
import type { ChainWish, SeriesRequest } from './contract.ts'
import { dateOfNumber, dayNumber, inTime, openSlots } from './open-slots.ts'
import { planSeries as chooseSeries } from './series.ts'
import type { Slot } from './slots.ts'

const mostVisits = 26

/** Where a series fits: one time for all of it, and what comes nearest where it cannot be. Refuses `not_found`. */
export async function planSeries(context: Context, actor: Actor, wish: SeriesRequest) {
  const { offeringIds, weekdays = [], sameClinician = true } = wish
  const firstDay = dayNumber(Temporal.PlainDate.from(wish.firstDay))
  const everyDays = wish.every * (wish.unit === 'week' ? 7 : 1)
  const count = countOf(wish, firstDay, everyDays)
  const most = Math.floor((everyDays - 1) / 2)
  const slackDays = Math.min(wish.slackDays ?? (weekdays.length > 0 ? 3 : 0), most)
  return within(context.db, actor, async (tx) => {
    const from = dateOfNumber(firstDay - most)
    const days = Math.min((count - 1) * everyDays + 2 * most + 1, indexDays + 2 * most)
    const open = await openSlots(tx, actor, offeringIds, { from, days, now: context.now() })
    const slots = inTime(open, offeringIds)
    const { part, time } = wish
    const wall = time === undefined ? undefined : wallOf(time)
    const series = chooseSeries(slots, { firstDay, everyDays, count, slackDays, weekdays, part, wall, sameClinician })
    return {
      time: series.wall === undefined ? null : timeOf(series.wall),
      /** A visit may lie so far from the one before it. */
      gap: { unit: 'day' as const, min: Math.max(1, everyDays - 2 * most), max: everyDays + 2 * most },
      visits: series.visits.map(({ day, slot, instead }) => ({
        day: dateOfNumber(day).toString(),
        opening: slot ? openingOf(slot) : null,
        instead: instead ? { ...openingOf(instead.slot), broken: [...instead.broken] } : null,
      })),
    }
  })
}

function countOf({ count, until }: SeriesRequest, firstDay: number, everyDays: number): number {
  if (until === undefined) return count ?? 1
  const last = dayNumber(Temporal.PlainDate.from(until))
  if (last < firstDay) throw invalid('until', 'Choose a day that is still to come.')
  return Math.min(Math.floor((last - firstDay) / everyDays) + 1, count ?? mostVisits, mostVisits)
}

const wallOf = (time: string) => {
  const { hour, minute } = Temporal.PlainTime.from(time)
  return hour * 60 + minute
}
const timeOf = (wall: number) =>
  Temporal.PlainTime.from({ hour: Math.floor(wall / 60), minute: wall % 60 }).toString({ smallestUnit: 'minute' })

const openingOf = ({ offeringId, start }: Slot) => ({ offeringId, startsAt: toText(start) })

const mostPlans = 20

/** The first chains that fit, a day of the first step each; without one, the step that cannot follow. Refuses `not_found`. */
export async function planChain(context: Context, actor: Actor, { steps, from, days = 60 }: ChainWish) {
  return within(context.db, actor, async (tx) => {
    const { zone } = await readOrganization(tx, actor.organizationId)
    const first =
      from === undefined ? context.now().toZonedDateTimeISO(zone).toPlainDate() : Temporal.PlainDate.from(from)
    const all = steps.flatMap(({ offeringIds }) => offeringIds)
    const open = await openSlots(tx, actor, all, { from: first, days, now: context.now() })
    const asked = steps.map(({ offeringIds, gap }, at) => ({
      slots: inTime(open, offeringIds),
      gap: gap && at > 0 ? { ...gap, max: gap.max ?? null } : null,
    }))
    const plans = findChains(asked, mostPlans).map((chain) => ({ visits: chain.map(openingOf) }))
    const broken = plans.length > 0 ? undefined : brokenStep(asked)
    const nearest = broken?.nearest
    return {
      plans,
      broken: broken
        ? {
            step: broken.step,
            nearest: nearest ? { before: openingOf(nearest.before), opening: openingOf(nearest.slot) } : null,
          }
        : null,
    }
  })
}
