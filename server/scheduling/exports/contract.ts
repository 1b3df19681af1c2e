/** The desk's lists as files. Whoever may read a list may take it along; the trail says that it was. */
import { Type } from 'typebox'
import { Day, endpoint, Id, Language, object } from '../../platform/endpoint.ts'

const file = { reply: Type.Unknown() }
const language = { language: Type.Optional(Language) }
const days = { from: Day, until: Day }

export const exportVisits = endpoint('GET /api/scheduling/exports/visits.csv', 'day.read', {
  summary: 'The visits of some days, of all places or of one, as CSV. Refused `too_many_days` beyond a month.',
  query: object({ ...days, placeId: Type.Optional(Id), ...language }),
  ...file,
})
export const exportCalls = endpoint('GET /api/scheduling/exports/calls.csv', 'call-back.work', {
  summary: 'Patients who wait for a call, as CSV.',
  query: object(language),
  ...file,
})
export const exportReferrals = endpoint('GET /api/scheduling/exports/referrals.csv', 'referral.work', {
  summary: 'Referrals that nobody booked, as CSV.',
  query: object(language),
  ...file,
})
export const exportOverbooked = endpoint('GET /api/scheduling/exports/overbooked.csv', 'overbooking.read', {
  summary: 'The report of overbooked visits, as CSV.',
  query: object({ ...days, ...language }),
  ...file,
})
export const exportWaits = endpoint('GET /api/scheduling/exports/waits.csv', 'numbers.read', {
  summary: 'How long patients wait for the third next available appointment, as CSV.',
  query: object(language),
  ...file,
})
