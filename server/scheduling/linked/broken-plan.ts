/** Refuses a plan in which visits of one patient do not follow each other as they were to. */
import { invalid } from '../../platform/errors.ts'
import type { OfferingFacts } from '../booking/offering.ts'
import type { GroupRequest } from './contract.ts'
import { slotAt } from './open-slots.ts'
import { isKept, type Gap, type Slot } from './slots.ts'

type Asked = NonNullable<GroupRequest['visits'][number]['gap']>

/** Refuses `one_patient`, and `gap_broken` with which visit. */
export function refuseBrokenPlan(
  wanted: readonly { offering: OfferingFacts; startMinute: number }[],
  { visits }: GroupRequest,
) {
  if (new Set(visits.map(({ patientId }) => patientId)).size > 1)
    throw invalid('one_patient', 'Visits of a series or a chain are of one patient.')
  refuseBrokenGaps(
    wanted.map(({ offering, startMinute }) => slotAt(offering, startMinute)),
    visits.map(({ gap }) => (gap ? { ...gap, max: gap.max ?? null } : null)),
  )
}

/** Refuses `gap_broken` with the place of the first visit that does not follow as it should. */
export function refuseBrokenGaps(slots: readonly Slot[], gaps: readonly (Gap | null)[]) {
  const visit = slots.findIndex((slot, at) => {
    const before = slots[at - 1]
    return before !== undefined && !isKept(gaps[at] ?? null, before, slot)
  })
  if (visit >= 0)
    throw invalid('gap_broken', 'These times do not follow each other as these visits must. Choose another one.', {
      visit,
      instead: 'choose_time',
    })
}

export const gapColumns = (gap: Asked | undefined) => ({
  gapUnit: gap?.unit ?? null,
  gapMin: gap?.min ?? null,
  gapMax: gap?.max ?? null,
})

/** As it is kept in a row. */
export const gapOf = (row: {
  gapUnit: 'minute' | 'day' | null
  gapMin: number | null
  gapMax: number | null
}): Gap | null => (row.gapUnit === null ? null : { unit: row.gapUnit, min: row.gapMin ?? 0, max: row.gapMax })
