/** The screens of people who work here, in the frame that they share. */
import { createRoute } from '@tanstack/react-router'
import { given, isDay, isId, only, text } from './address.ts'
import { speakOf } from './lang/languages.ts'
import { root } from './root.tsx'
import { deskSearch } from './scheduling/desk/search.ts'
import { screen } from './screen.ts'

/** Staff pages have a frame of their own, and a component library that patient pages do without. */
const work = createRoute({
  getParentRoute: () => root,
  id: 'work',
  ...screen(async () => {
    // Unlocking the screen asks what signing in asks.
    await speakOf('account')
    return import('./staff.tsx')
  }, 'staff'),
})
const staffScreen = { getParentRoute: () => work }

const desk = createRoute({
  ...staffScreen,
  path: '/desk',
  validateSearch: only(deskSearch),
  ...screen(() => import('./scheduling/desk/desk.tsx'), 'staff'),
})

/** Visits that belong together, planned for one patient. */
const plan = createRoute({
  ...staffScreen,
  path: '/desk/plan',
  validateSearch: only((raw) => given({ patientId: text(raw, 'patientId', isId) })),
  ...screen(() => import('./scheduling/desk/linked/plan.tsx'), 'staff'),
})

const referrals = createRoute({
  ...staffScreen,
  path: '/referrals',
  ...screen(() => import('./scheduling/desk/referrals/referrals.tsx'), 'staff'),
})

/** Clinicians who are away, and new times for all their visits. */
const away = createRoute({
  ...staffScreen,
  path: '/away',
  ...screen(() => import('./scheduling/away/away.tsx'), 'staff'),
})

const awayMove = createRoute({
  ...staffScreen,
  path: '/away/$id',
  ...screen(() => import('./scheduling/away/move.tsx'), 'staff'),
})

/** Rooms, devices and interpreters, and the visits that lose theirs. */
const rooms = createRoute({
  ...staffScreen,
  path: '/rooms',
  ...screen(() => import('./scheduling/rooms/rooms.tsx'), 'staff'),
})

const listings = createRoute({
  ...staffScreen,
  path: '/listings',
  ...screen(() => import('./directory/listings.tsx'), 'staff'),
})

/** Phantom openings, waits and fill. */
const board = createRoute({
  ...staffScreen,
  path: '/board',
  ...screen(() => import('./scheduling/board/board.tsx'), 'staff'),
})

/** Visits beside others, and why. */
const overbooked = createRoute({
  ...staffScreen,
  path: '/overbooked',
  ...screen(() => import('./scheduling/overbooked/overbooked.tsx'), 'staff'),
})

/** What may be booked when. */
const bookingRules = createRoute({
  ...staffScreen,
  path: '/rules',
  ...screen(() => import('./scheduling/rules/rules.tsx'), 'staff'),
})

const samePerson = createRoute({
  ...staffScreen,
  path: '/same-person',
  ...screen(() => import('./people/same/same-person.tsx'), 'staff'),
})

// They ask for a fresh proof as one's own account does: its words come along with those of the staff pages.
const staff = createRoute({
  ...staffScreen,
  path: '/staff',
  ...screen(() => import('./people/staff/colleagues.tsx'), 'account'),
})

const staffRoles = createRoute({
  ...staffScreen,
  path: '/staff/roles',
  ...screen(() => import('./people/staff/roles.tsx'), 'account'),
})

const staffRules = createRoute({
  ...staffScreen,
  path: '/staff/rules',
  ...screen(() => import('./people/staff/rules.tsx'), 'account'),
})

const staffVendors = createRoute({
  ...staffScreen,
  path: '/staff/vendors',
  ...screen(() => import('./partners/vendors.tsx'), 'account'),
})

const staffWebhooks = createRoute({
  ...staffScreen,
  path: '/staff/webhooks',
  ...screen(() => import('./fhir/webhooks/webhooks.tsx'), 'account'),
})

/** Calendar addresses of colleagues. */
const staffCalendars = createRoute({
  ...staffScreen,
  path: '/staff/calendars',
  ...screen(() => import('./fhir/calendars/colleagues-calendars.tsx'), 'account'),
})

/** A clinician's own visits in their calendar program. */
const myCalendar = createRoute({
  ...staffScreen,
  path: '/my-calendar',
  ...screen(() => import('./fhir/calendars/my-calendar.tsx'), 'account'),
})

/** Roles, deeds and reasons are named here as patients read them: with the words of their part. */
const officer = createRoute({
  ...staffScreen,
  id: 'account-words',
  ...screen(() => import('./privacy/officer/layout.tsx'), 'account'),
})
const officerScreen = { getParentRoute: () => officer }

const officerOverview = createRoute({
  ...officerScreen,
  path: '/officer',
  ...screen(() => import('./privacy/officer/overview.tsx'), 'staff'),
})

const officerGlass = createRoute({
  ...officerScreen,
  path: '/officer/glass',
  ...screen(() => import('./privacy/officer/glass.tsx'), 'staff'),
})

/** Who is named to care for a patient, and how the record is marked. */
const officerClosed = createRoute({
  ...officerScreen,
  path: '/officer/closed',
  validateSearch: only((raw) => given({ patientId: text(raw, 'patientId', isId) })),
  ...screen(() => import('./privacy/officer/closed.tsx'), 'staff'),
})

const officerLooks = createRoute({
  ...officerScreen,
  path: '/officer/looks',
  ...screen(() => import('./privacy/officer/looks.tsx'), 'staff'),
})

const officerLog = createRoute({
  ...officerScreen,
  path: '/officer/log',
  validateSearch: only((raw) =>
    given({
      patientId: text(raw, 'patientId', isId),
      personId: text(raw, 'personId', isId),
      before: text(raw, 'before', isDay),
    }),
  ),
  ...screen(() => import('./privacy/officer/log.tsx'), 'staff'),
})

const officerMerges = createRoute({
  ...officerScreen,
  path: '/officer/merges',
  ...screen(() => import('./privacy/officer/merges.tsx'), 'staff'),
})

const officerCorrections = createRoute({
  ...officerScreen,
  path: '/officer/corrections',
  ...screen(() => import('./privacy/officer/corrections.tsx'), 'staff'),
})

const officerDisclosures = createRoute({
  ...officerScreen,
  path: '/officer/disclosures',
  validateSearch: only((raw) => given({ patientId: text(raw, 'patientId', isId) })),
  ...screen(() => import('./privacy/officer/disclosures.tsx'), 'staff'),
})

const officerHolds = createRoute({
  ...officerScreen,
  path: '/officer/holds',
  ...screen(() => import('./privacy/officer/holds.tsx'), 'staff'),
})

/** All of them, to hang on the root. */
export const workRoutes = work.addChildren([
  desk,
  plan,
  referrals,
  away,
  awayMove,
  rooms,
  listings,
  bookingRules,
  board,
  overbooked,
  samePerson,
  staff,
  staffRoles,
  staffRules,
  staffVendors,
  staffWebhooks,
  staffCalendars,
  myCalendar,
  officer.addChildren([
    officerOverview,
    officerGlass,
    officerClosed,
    officerLooks,
    officerLog,
    officerMerges,
    officerCorrections,
    officerDisclosures,
    officerHolds,
  ]),
])
