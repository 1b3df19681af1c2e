/** How many steps there are for this person: a landline has no code to type, nor has an open record. */
import { hasCode, type BookingDraft } from './draft.ts'

export const stepsOf = (draft: BookingDraft) => (hasCode(draft) ? 4 : 3)
