/** Where each role works: what the frame offers, and where somebody lands after signing in. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

export interface Place {
  to:
    | '/desk'
    | '/referrals'
    | '/my-calendar'
    | '/away'
    | '/rooms'
    | '/same-person'
    | '/listings'
    | '/rules'
    | '/board'
    | '/staff'
    | '/officer'
  name: MessageDescriptor
  roles: ReadonlySet<string>
}

/** In the order of the bar. */
export const places: readonly Place[] = [
  { to: '/desk', name: msg`Front desk`, roles: new Set(['front_desk', 'scheduler', 'nurse', 'clinician']) },
  { to: '/same-person', name: msg`Same person?`, roles: new Set(['front_desk']) },
  {
    to: '/referrals',
    name: msg`Referrals`,
    roles: new Set(['front_desk', 'scheduler', 'nurse', 'clinician']),
  },
  { to: '/my-calendar', name: msg`My calendar`, roles: new Set(['clinician']) },
  { to: '/away', name: msg`Away`, roles: new Set(['front_desk', 'scheduler']) },
  { to: '/rooms', name: msg`Rooms`, roles: new Set(['front_desk', 'scheduler']) },
  { to: '/listings', name: msg`Listings`, roles: new Set(['front_desk', 'scheduler']) },
  { to: '/board', name: msg`Numbers`, roles: new Set(['scheduler', 'quality_manager', 'practice_admin']) },
  { to: '/rules', name: msg`Booking rules`, roles: new Set(['scheduler', 'practice_admin']) },
  { to: '/staff', name: msg`Colleagues`, roles: new Set(['practice_admin', 'auditor']) },
  { to: '/officer', name: msg`Privacy`, roles: new Set(['auditor', 'practice_admin']) },
]

/** Those of a role. */
export const placesOf = (role: string) => places.filter(({ roles }) => roles.has(role))

/** The place that a path lies in. */
export const placeAt = (path: string) => places.find(({ to }) => path === to || path.startsWith(`${to}/`))
