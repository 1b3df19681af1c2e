/** How many steps there are for this person: a landline has no code to type. */
import type { BookingDraft } from './draft.ts'

export const stepsOf = ({ onlyLandline }: BookingDraft) => (onlyLandline ? 3 : 4)
