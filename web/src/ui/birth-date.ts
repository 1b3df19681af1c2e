/** Reads a date of birth from three boxes, as people fill them in. */

export interface TypedDate {
  month: string
  day: string
  year: string
}

export const emptyDate: TypedDate = { month: '', day: '', year: '' }

/** Why a typed date is no date of birth; `part` is the box to go to. */
export type DateFault = { fault: 'missing' | 'not_a_date' | 'future' | 'too_long_ago'; part: keyof TypedDate }

/** YYYY-MM-DD, or why not. `today` is YYYY-MM-DD. A two-digit year is refused, as nobody can know its century. */
export function readBirthDate(typed: TypedDate, today: string): { bornOn: string } | DateFault {
  for (const part of ['month', 'day', 'year'] as const) if (!typed[part].trim()) return { fault: 'missing', part }
  const [month, day, year] = [whole(typed.month), whole(typed.day), whole(typed.year)]
  if (!(month >= 1 && month <= 12)) return { fault: 'not_a_date', part: 'month' }
  if (!(year >= 1000 && year <= 9999)) return { fault: 'not_a_date', part: 'year' }
  if (!(day >= 1 && day <= daysIn(year, month))) return { fault: 'not_a_date', part: 'day' }
  const bornOn = `${year}-${two(month)}-${two(day)}`
  if (bornOn > today) return { fault: 'future', part: 'year' }
  if (year < Number(today.slice(0, 4)) - 130) return { fault: 'too_long_ago', part: 'year' }
  return { bornOn }
}

const whole = (text: string) => (/^\d{1,4}$/.test(text.trim()) ? Number(text) : NaN)
const two = (number: number) => String(number).padStart(2, '0')
const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
const daysIn = (year: number, month: number) =>
  month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
