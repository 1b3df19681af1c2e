/** What can be asked about calendar feeds: a clinician makes, sees and ends their own. */
import { Type } from 'typebox'
import { endpoint, Id, Language, Moment, object } from '../../platform/endpoint.ts'

export const listFeeds = endpoint('GET /api/fhir/calendar-feeds', 'calendar-feed.own', {
  summary: 'Your calendar addresses that are open. The addresses themselves are not kept.',
  reply: object({ feeds: Type.Array(object({ id: Id, clinicianId: Id, madeAt: Moment })) }),
})

export const makeFeed = endpoint('POST /api/fhir/calendar-feeds', 'calendar-feed.own', {
  summary: 'A secret address of your visits for your calendar program, told once. It says when and where, never whom.',
  body: object({ clinicianId: Id, language: Language }),
  reply: object({ id: Id, url: Type.String() }),
})

export const endFeed = endpoint('POST /api/fhir/calendar-feeds/:id/end', 'calendar-feed.own', {
  summary: 'Closes one of your calendar addresses at once.',
  path: object({ id: Id }),
  reply: object({ id: Id }),
})
