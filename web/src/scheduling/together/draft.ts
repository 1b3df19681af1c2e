/** What a family has chosen so far. Pure. */
import type { bookTogether, findFamilyOpenings } from '../../../../server/scheduling/linked/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { Refused } from '../../call.ts'
import type { Attempt } from '../book/attempt.ts'
import type { OpenRecord } from '../book/open-records.ts'
import type { Step } from './search.ts'

export type Block = Reply<typeof findFamilyOpenings>['blocks'][number]
export type Booked = Reply<typeof bookTogether>

export interface TogetherDraft {
  /** Of patients, in the order in which they are seen. */
  who: readonly string[]
  side: 'adjacent' | 'parallel'
  /** What each comes for, by patient. */
  reasons: Readonly<Record<string, string>>
  block?: Block
  held?: { id: string; expiresAt: string }
  attempt?: Attempt
  booked?: Booked
}

export const emptyTogether: TogetherDraft = { who: [], side: 'adjacent', reasons: {} }

/** Those chosen whose records are still open, in the order of the draft. */
export const comingOf = ({ who }: TogetherDraft, all: readonly OpenRecord[]) =>
  who.flatMap((id) => all.filter(({ patientId, mayBook }) => mayBook && patientId === id))

/** The step of the address, or the first one before it that lacks something. */
export function stepShown(asked: Step | undefined, draft: TogetherDraft, coming: number): Step {
  if (asked === 'done' && draft.booked) return 'done'
  if (asked === undefined || asked === 'who' || coming < 2) return 'who'
  if (asked === 'time' || draft.block?.visits.length !== coming) return 'time'
  return 'check'
}

/** The next blocks that the API names in place of one that is gone; undefined when the refusal is about something else. */
export function nextBlocks(error: unknown): Block[] | undefined {
  if (!(error instanceof Refused) || error.code !== 'block_taken') return undefined
  const { blocks } = error.extra
  return Array.isArray(blocks) ? (blocks as Block[]) : []
}

/** Whose visit a refusal is about; undefined when it is about all of them. */
export function whoseVisit(error: unknown, coming: readonly OpenRecord[]): OpenRecord | undefined {
  const at = error instanceof Refused ? error.extra['visit'] : undefined
  return typeof at === 'number' ? coming[at] : undefined
}
