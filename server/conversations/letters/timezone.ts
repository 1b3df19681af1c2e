/** A VTIMEZONE (RFC 5545 §3.6.5) that is right for one event's zone around that event. */

interface Onset {
  /** The wall clock as it stood when the new offset began. */
  at: Temporal.PlainDateTime
  year: number
  from: string
  to: string
  name: string
  daylight: boolean
}

/**
 * The block for `zone`, true from the year before `at` to the year after it. Zones with a plain yearly rule get that rule,
 * which every calendar program understands; others (Ramadan, changed laws) get each change by its date.
 */
export function timezoneBlock(zone: string, at: Temporal.Instant): string {
  const { year } = at.toZonedDateTimeISO(zone)
  const first = Temporal.PlainDate.from({ year: year - 1, month: 1, day: 1 }).toZonedDateTime(zone)
  const onsets = onsetsFrom(first, year + 1)
  const parts = yearly(onsets) ?? [observance(beforeAll(first)), ...onsets.map((onset) => observance(onset))]
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...parts, 'END:VTIMEZONE', ''].join('\r\n')
}

function onsetsFrom(first: Temporal.ZonedDateTime, lastYear: number): Onset[] {
  const onsets: Onset[] = []
  let before = first
  for (;;) {
    const next = before.getTimeZoneTransition('next')
    if (!next) return onsets
    const from = next.subtract({ nanoseconds: 1 })
    const at = next.toInstant().toZonedDateTimeISO(from.offset).toPlainDateTime()
    if (at.year > lastYear) return onsets
    // Some changes alter only the name or the law; an observance needs an offset that differs.
    if (from.offset !== next.offset)
      onsets.push({
        at,
        year: at.year,
        from: from.offset,
        to: next.offset,
        name: zoneName(next),
        daylight: next.offsetNanoseconds > from.offsetNanoseconds,
      })
    before = next
  }
}

/** Two observances with yearly rules, when three years in a row follow them; undefined when there is no such rule. */
function yearly(onsets: Onset[]): string[] | undefined {
  const groups = [onsets.filter((onset) => onset.daylight), onsets.filter((onset) => !onset.daylight)]
  if (groups.some((group) => group.length !== 3)) return undefined
  const parts: string[] = []
  for (const group of groups) {
    const [first] = group
    const rule = first && ruleOf(group)
    if (!first || !rule) return undefined
    parts.push(observance(first, rule))
  }
  return parts
}

function ruleOf(group: Onset[]): string | undefined {
  const like = (onset: Onset) =>
    [onset.at.month, onset.at.dayOfWeek, onset.at.toPlainTime(), onset.from, onset.to].join()
  const nth = (onset: Onset) => Math.ceil(onset.at.day / 7)
  const isLast = ({ at }: Onset) => at.day + 7 > at.daysInMonth
  const [first] = group
  if (!first || group.some((onset) => like(onset) !== like(first))) return undefined
  if (new Set(group.map((onset) => onset.year)).size !== group.length) return undefined
  const weekday = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'][first.at.dayOfWeek - 1]
  const month = `RRULE:FREQ=YEARLY;BYMONTH=${first.at.month};BYDAY=`
  if (group.every(isLast)) return `${month}-1${weekday}`
  return group.every((onset) => nth(onset) === nth(first)) ? `${month}${nth(first)}${weekday}` : undefined
}

const beforeAll = (first: Temporal.ZonedDateTime): Onset => ({
  at: Temporal.PlainDateTime.from('1970-01-01T00:00:00'),
  year: 1970,
  from: first.offset,
  to: first.offset,
  name: zoneName(first),
  daylight: false,
})

function observance({ at, from, to, name, daylight }: Onset, rule?: string): string {
  const kind = daylight ? 'DAYLIGHT' : 'STANDARD'
  return [
    `BEGIN:${kind}`,
    `DTSTART:${at.toString({ smallestUnit: 'second' }).replace(/[-:]/g, '')}`,
    ...(rule ? [rule] : []),
    `TZOFFSETFROM:${from.replaceAll(':', '')}`,
    `TZOFFSETTO:${to.replaceAll(':', '')}`,
    `TZNAME:${name}`,
    `END:${kind}`,
  ].join('\r\n')
}

const labels = new Map<string, Intl.DateTimeFormat>()

/** EST, EDT …; GMT+1 where English has no letters for it. The same in every language, so that labels can be compared. */
export function zoneName({ timeZoneId, epochMilliseconds, offset }: Temporal.ZonedDateTime): string {
  // Making a formatter costs far more than using it; there are only a few hundred zones.
  const label =
    labels.get(timeZoneId) ?? new Intl.DateTimeFormat('en-US', { timeZone: timeZoneId, timeZoneName: 'short' })
  labels.set(timeZoneId, label)
  return label.formatToParts(epochMilliseconds).find((part) => part.type === 'timeZoneName')?.value ?? offset
}
