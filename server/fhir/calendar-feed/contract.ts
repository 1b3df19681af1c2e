/** What can be asked about calendar feeds: a clinician makes, sees and ends their own. */
import { Type } from 'typebox'
import { endpoint, Id, Language, Moment, object } from '../../platform/endpoint.ts'

export const listFeeds = endpoint('GET /api/fhir/calendar-feeds', 'calendar-feed.own', {
  summary: 'Your calendar addresses that are open. The addresses themselves are not kept.',
  reply: object({
    feeds: Type.Array(
      object({ id: Id, clinicianId: Id, clinician: Type.String(), language: Language, madeAt: Moment }),
    ),
    /** Whose days are one's own: an address can be made of each. */
    clinicians: Type.Array(object({ id: Id, name: Type.String() })),
  }),
})

export const makeFeed = endpoint('POST /api/fhir/calendar-feeds', 'calendar-feed.own', {
  summary: 'A secret address of your visits for your calendar program, told once. It says when and where, never whom.',
  body: object({ clinicianId: Id, language: Language }),
  reply: object({ id: Id, url: Type.String() }),
})

export const renewFeed = endpoint('POST /api/fhir/calendar-feeds/:id/renewal', 'calendar-feed.own', {
  summary: 'Closes one of your calendar addresses and opens another for the same days in its place, told once.',
  path: object({ id: Id }),
  reply: object({ id: Id, url: Type.String() }),
})

export const endFeed = endpoint('POST /api/fhir/calendar-feeds/:id/end', 'calendar-feed.own', {
  summary: 'Closes one of your calendar addresses at once.',
  path: object({ id: Id }),
  reply: object({ id: Id }),
})

export const listColleaguesFeeds = endpoint('GET /api/fhir/colleagues-calendar-feeds', 'calendar-feed.oversee', {
  summary: 'The calendar addresses of colleagues that are open: whose, of which days, since when.',
  reply: object({
    feeds: Type.Array(object({ id: Id, colleague: Type.String(), clinician: Type.String(), madeAt: Moment })),
  }),
})

export const endColleaguesFeed = endpoint('POST /api/fhir/colleagues-calendar-feeds/:id/end', 'calendar-feed.oversee', {
  summary: 'Closes a colleague’s calendar address at once, as when their telephone is lost.',
  path: object({ id: Id }),
  reply: object({ id: Id }),
})
