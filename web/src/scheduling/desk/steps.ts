/** The days of a view, and where a step forth or back leads. Pure. */
import { daysLater, monthsLater, weekdayOf } from '../../ui/time.ts'

/** A day, a week or a month on; the 31st stays within the shorter month. */
export function stepped(day: string, view: 'day' | 'week' | 'month', by: 1 | -1): string {
  if (view !== 'month') return daysLater(day, view === 'week' ? 7 * by : by)
  return monthsLater(day, by)
}

/** The days before the first of a month in its first week, which begins on a Monday. */
export const daysBefore = (first: string) => weekdayOf(first) - 1
