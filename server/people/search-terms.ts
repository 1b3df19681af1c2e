/** What the front desk typed, understood: words of a name, a birth date, digits of a phone. Pure. */
import { plainWordsOf } from './patient-words.ts'

export interface SearchTerms {
  /** Each begins some word of the name. */
  words: string[]
  bornOn?: Temporal.PlainDate
  /** Digits that a phone begins or ends with. */
  digits?: string
}

const oldest = 1880
/** Fewer fit nearly every phone. */
const fewestDigits = 3
/** At most this many words narrow a search; more only cost. */
const mostWords = 6

/**
 * Reads 'gon mar', '1980-02-01', '2/1/1980' (month first, unless that cannot be), '02011980', '555 12' or a mix.
 * `today` says which birth dates can be.
 */
export function searchTerms(text: string, today: Temporal.PlainDate): SearchTerms {
  const pieces = text
    .normalize('NFKC')
    .trim()
    .split(/[\s,;]+/u)
  const names: string[] = []
  let digits = ''
  let bornOn: Temporal.PlainDate | undefined
  for (const piece of pieces) {
    if (/\p{L}/u.test(piece)) names.push(piece)
    else {
      const day = bornOn ? undefined : dayOf(piece, today)
      if (day) bornOn = day
      else digits += piece.replace(/\D/g, '')
    }
  }
  const words = plainWordsOf(names.join(' ')).slice(0, mostWords)
  return { words, ...(bornOn && { bornOn }), ...(digits.length >= fewestDigits && { digits }) }
}

function dayOf(piece: string, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const [, year = '', month = '', dayOfMonth = ''] =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(piece) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(piece) ?? []
  const [, a = '', b = '', short = ''] =
    /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})$/.exec(piece) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(piece) ?? []
  const late = short.length === 2 ? pastYear(Number(short), today) : short
  return day(late, a, b, today) ?? day(late, b, a, today) ?? day(year, month, dayOfMonth, today)
}

/** '80' is 1980; '12' is 2012: the latest such year that has begun. */
function pastYear(short: number, today: Temporal.PlainDate): number {
  const century = today.year - (today.year % 100)
  return century + short > today.year ? century - 100 + short : century + short
}

function day(
  year: number | string,
  month: string,
  dayOfMonth: string,
  today: Temporal.PlainDate,
): Temporal.PlainDate | undefined {
  const parts = { year: Number(year), month: Number(month), day: Number(dayOfMonth) }
  if (parts.year < oldest || parts.year > today.year || parts.month < 1 || parts.month > 12 || parts.day < 1)
    return undefined
  const read = Temporal.PlainDate.from(parts, { overflow: 'constrain' })
  return read.day === parts.day && Temporal.PlainDate.compare(read, today) <= 0 ? read : undefined
}
