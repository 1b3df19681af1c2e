/** Rates as they are told: never better than they are. Pure. */
import type { Probed } from './contract.ts'

interface Counts {
  asked: number
  taken: number
  phantoms: number
}

/** In a hundred, rounded up to hundredths: zero is said only of none at all. Null of nothing. */
export function phantomPercent({ asked, phantoms }: Pick<Counts, 'asked' | 'phantoms'>): number | null {
  return asked === 0 ? null : Math.ceil((10_000 * phantoms) / asked) / 100
}

export const probedView = ({ asked, taken, phantoms }: Counts): Probed => ({
  asked,
  taken,
  phantoms,
  percent: phantomPercent({ asked, phantoms }),
})

/** Booked minutes of open ones, in a hundred, rounded down: 100 is said only of what is full. */
export const fillPercent = (bookedMinutes: number, openMinutes: number) =>
  Math.floor((100 * bookedMinutes) / openMinutes)
