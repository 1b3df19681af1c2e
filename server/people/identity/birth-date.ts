/** How near two birth dates are, and which dates are near one: day and month swapped, or one digit wrong. Pure. */

/** How two birth dates stand to each other; symmetric. */
export function bornAlike(one: Temporal.PlainDate, other: Temporal.PlainDate) {
  if (one.equals(other)) return 'same'
  if (one.year === other.year && one.month === other.day && one.day === other.month) return 'swapped'
  const [text, its] = [one.toString(), other.toString()]
  if (text.length === its.length && text.split('').filter((digit, i) => digit !== its[i]).length === 1) return 'slip'
  return 'different'
}

/** Every real date that may have been meant for this one: about thirty; itself not. */
export function nearBirthDates(born: Temporal.PlainDate): Temporal.PlainDate[] {
  const text = born.toString()
  const swapped = `${text.slice(0, -5)}${text.slice(-2)}-${text.slice(-5, -3)}`
  const slips = text
    .split('')
    .flatMap((digit, i) =>
      digit === '-' ? [] : '0123456789'.split('').map((other) => text.slice(0, i) + other + text.slice(i + 1)),
    )
  return [...new Set([swapped, ...slips])]
    .filter((one) => one !== text)
    .flatMap((one) => {
      const date = dateOf(one)
      return date && date.year >= 1880 && date.year < 2100 ? [date] : []
    })
}

function dateOf(text: string): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from(text)
  } catch {
    return undefined
  }
}
