/** What the address of the results says: the same fields as the question to the API. */
import type { CareQuery } from '../../../../server/scheduling/contract.ts'
import { given, isDay, isId, oneOf, text, whole, yesOrNo, type Raw } from '../../address.ts'

/** All but the language, which is the page's, and the paging, which is the list's. */
export type CareSearch = Omit<CareQuery, 'language' | 'limit' | 'after'>

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
    access: text(raw, 'access', /^[a-z_]+(,[a-z_]+)*$/),
    sort: oneOf(raw, 'sort', ['earliest', 'distance']),
  })
}

/** A clinician's page also knows which of their visits is looked at. */
export interface ClinicianSearch extends CareSearch {
  offering?: string
}

/** Reads the address of a clinician's page. */
export function clinicianSearch(raw: Raw): ClinicianSearch {
  return { ...careSearch(raw), ...given({ offering: text(raw, 'offering', isId) }) }
}

/** The search with some fields changed; fields set to undefined or '' are left out. */
export function withFields(
  search: CareSearch,
  fields: { [K in keyof CareSearch]?: CareSearch[K] | '' | undefined },
): CareSearch {
  return given(
    Object.fromEntries(
      Object.entries({ ...search, ...fields }).map(([name, value]) => [name, value === '' ? undefined : value]),
    ),
  ) as CareSearch
}

/** What is carried over to the booking of an opening that was found this way. */
export function toBooking({ planId, newPatient }: CareSearch, offering: string, at?: string) {
  return given({ offering, at, planId, newPatient })
}

/** Changes some filters of the search; '' and undefined take one off. */
export type Change = (fields: Parameters<typeof withFields>[1]) => void
