/** What the address of the results says: the same fields as the question to the API. */
import type { CareQuery } from '../../../../server/scheduling/contract.ts'
import { given, isDay, isId, oneOf, text, whole, yesOrNo, type Raw } from '../../address.ts'

/** All but the language, which is the page's. */
export type CareSearch = Omit<CareQuery, 'language' | 'limit'>

/** Reads the address; what does not fit is left out, so that an old link still finds something. */
export function careSearch(raw: Raw): CareSearch {
  return given({
    q: text(raw, 'q'),
    planId: text(raw, 'planId', isId),
    near: text(raw, 'near'),
    withinMiles: whole(raw, 'withinMiles', 1, 500),
    from: text(raw, 'from', isDay),
    part: oneOf(raw, 'part', ['morning', 'afternoon', 'evening']),
    speaks: text(raw, 'speaks', /^[a-z]{2,3}$/),
    gender: oneOf(raw, 'gender', ['male', 'female', 'other']),
    newPatient: yesOrNo(raw, 'newPatient'),
    ageYears: whole(raw, 'ageYears', 0, 130),
    mode: oneOf(raw, 'mode', ['in_person', 'video']),
    sort: oneOf(raw, 'sort', ['earliest', 'distance']),
    after: text(raw, 'after'),
  })
}
