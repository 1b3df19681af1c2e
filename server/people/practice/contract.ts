/** A practice copy: its clock is moved by whoever practises. Any other says there is no such page. */
import { Type } from 'typebox'
import { endpoint, Moment, object } from '../../platform/endpoint.ts'

export const movePracticeClock = endpoint('POST /api/people/practice/clock', 'practice.clock', {
  summary: 'Moves the clock of a practice copy forward: by minutes, or to a time on the clinic’s wall.',
  body: Type.Union([
    object({ minutes: Type.Integer({ minimum: 1, maximum: 527_040 }) }),
    object({ wall: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}$' }) }),
  ]),
  reply: object({ now: Moment }),
})
