/** A day or a part of one in which something is closed, as instants. Pure. */
import { invalid } from '../../platform/errors.ts'
import { at } from '../desk/block.ts'
import type { Between } from './instead.ts'

export interface PartOfDay {
  day: string
  fromMinute?: number
  untilMinute?: number
}

/** Refuses `part_of_day` for half a part of a day. */
export function spanOf({ day, fromMinute, untilMinute }: PartOfDay, zone: string): Between {
  if ((fromMinute === undefined) !== (untilMinute === undefined) || (fromMinute ?? 0) >= (untilMinute ?? 1440))
    throw invalid('part_of_day', 'Say from when until when, or close the whole day.')
  const date = Temporal.PlainDate.from(day)
  return { from: at(date, fromMinute ?? 0, zone), until: at(date, untilMinute ?? 1440, zone) }
}
