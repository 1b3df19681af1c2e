/** How long a record is kept. Pure. The longest of common state rules; an organization keeps longer by a hold. */

/** Ten years after the last visit; for a child, not before the age of 28 (twenty-one, and seven for a suit). */
const yearsAfterLast = 10
const childUntilAge = 28
const adultAge = 18

export interface Kept {
  bornOn: Temporal.PlainDate | null
  /** The last day anything happened: a visit, an entry, or that the record was made. */
  lastOn: Temporal.PlainDate
}

/** The first day on which the record may be let go. */
export function keptUntil({ bornOn, lastOn }: Kept): Temporal.PlainDate {
  const afterLast = lastOn.add({ years: yearsAfterLast })
  // A birth date that nobody knows may be a child's.
  const born = bornOn ?? lastOn
  const wasChild = Temporal.PlainDate.compare(lastOn, born.add({ years: adultAge })) < 0
  const grown = born.add({ years: childUntilAge })
  return wasChild && Temporal.PlainDate.compare(grown, afterLast) > 0 ? grown : afterLast
}
