/** The map of screens, in the order a patient meets them. A screen is one file, loaded when somebody goes there. */
import type { QueryClient } from '@tanstack/react-query'
import { createRoute, createRouter, redirect } from '@tanstack/react-router'
import { given, isId, isOwnPath, only, readQuery, text, writeQuery } from './address.ts'
import { Frame } from './frame.tsx'
import { root } from './root.tsx'
import { bookingSearch } from './scheduling/book/search.ts'
import { careSearch, clinicianSearch } from './scheduling/find/search.ts'
import { togetherSearch } from './scheduling/together/search.ts'
import { visitSearch } from './scheduling/visit/search.ts'
import { screen } from './screen.ts'
import { workRoutes } from './work-routes.ts'
import { ErrorPage, NotFoundPage } from './ui/error-page.tsx'
import { Loading } from './ui/loading.tsx'

const patient = createRoute({ getParentRoute: () => root, id: 'patient', component: Frame })
const patientScreen = { getParentRoute: () => patient }

const home = createRoute({
  ...patientScreen,
  path: '/',
  validateSearch: only(careSearch),
  ...screen(() => import('./scheduling/find/home.tsx')),
})

const find = createRoute({
  ...patientScreen,
  path: '/find',
  validateSearch: only(careSearch),
  ...screen(() => import('./scheduling/find/results.tsx')),
})

const clinician = createRoute({
  ...patientScreen,
  path: '/clinicians/$id',
  validateSearch: only(clinicianSearch),
  ...screen(() => import('./scheduling/find/clinician.tsx')),
})

const book = createRoute({
  ...patientScreen,
  path: '/book',
  validateSearch: only(bookingSearch),
  ...screen(() => import('./scheduling/book/book.tsx'), 'booking'),
})

/** Several of a family at once. */
const bookTogether = createRoute({
  ...patientScreen,
  path: '/book-together',
  validateSearch: only(togetherSearch),
  ...screen(() => import('./scheduling/together/together.tsx'), 'booking'),
})

/** The token of the visit link is in the fragment, which no server and no log ever sees. */
const visit = createRoute({
  ...patientScreen,
  path: '/visit',
  validateSearch: only(visitSearch),
  ...screen(() => import('./scheduling/visit/visit.tsx'), 'booking'),
})

/** As short as a text message needs it. */
const shortVisit = createRoute({
  ...patientScreen,
  path: '/v',
  beforeLoad: ({ location }) => redirect({ to: '/visit', hash: location.hash, replace: true, throw: true }),
})

/** Somebody was referred: the token of the link is in the fragment, as that of a visit link is. */
const referral = createRoute({
  ...patientScreen,
  path: '/referral',
  ...screen(() => import('./scheduling/referral/referral.tsx'), 'booking'),
})

/** As short as a text message needs it. */
const shortReferral = createRoute({
  ...patientScreen,
  path: '/r',
  beforeLoad: ({ location }) => redirect({ to: '/referral', hash: location.hash, replace: true, throw: true }),
})

const signIn = createRoute({
  ...patientScreen,
  path: '/sign-in',
  validateSearch: only((raw) => given({ to: text(raw, 'to', isOwnPath) })),
  ...screen(() => import('./people/sign-in/sign-in.tsx'), 'account'),
})

/** The token of the link is in the fragment, which no server and no log ever sees. */
const enrol = createRoute({
  ...patientScreen,
  path: '/enrol',
  ...screen(() => import('./people/sign-in/enrol.tsx'), 'account'),
})

const account = createRoute({
  ...patientScreen,
  path: '/account',
  ...screen(() => import('./people/account/account.tsx'), 'account'),
})

const me = createRoute({
  ...patientScreen,
  path: '/me',
  ...screen(() => import('./people/me/me.tsx'), 'account'),
})

/** The clinic's invitation to open one's record. The token is in the fragment, as that of a visit link is. */
const invitation = createRoute({
  ...patientScreen,
  path: '/join',
  ...screen(() => import('./people/me/invitation.tsx'), 'account'),
})

/** For whom I may act, and who may act for me. */
const family = createRoute({
  ...patientScreen,
  path: '/me/family',
  ...screen(() => import('./people/family/family.tsx'), 'account'),
})

/** An invitation to act for somebody. The token is in the fragment, as that of a visit link is. */
const actFor = createRoute({
  ...patientScreen,
  path: '/act-for',
  ...screen(() => import('./people/family/accept.tsx'), 'account'),
})

const myAccess = createRoute({
  ...patientScreen,
  path: '/me/access',
  ...screen(() => import('./privacy/access.tsx'), 'account'),
})

const myCorrections = createRoute({
  ...patientScreen,
  path: '/me/corrections',
  ...screen(() => import('./privacy/corrections.tsx'), 'account'),
})

const myDisclosures = createRoute({
  ...patientScreen,
  path: '/me/disclosures',
  ...screen(() => import('./privacy/disclosures.tsx'), 'account'),
})

const myConsents = createRoute({
  ...patientScreen,
  path: '/me/consents',
  ...screen(() => import('./privacy/consents.tsx'), 'account'),
})

const myNeeds = createRoute({
  ...patientScreen,
  path: '/me/needs',
  ...screen(() => import('./people/me/support.tsx'), 'account'),
})

const connectedApps = createRoute({
  ...patientScreen,
  path: '/connect',
  ...screen(() => import('./fhir/connected-apps.tsx'), 'account'),
})

/** An app asks for access (SMART App Launch): our OAuth server sends the browser here. */
const connect = createRoute({
  ...patientScreen,
  path: '/connect/$uid',
  ...screen(() => import('./fhir/connect.tsx'), 'account'),
})

/** How true what is shown here is. */
const honestNumbers = createRoute({
  ...patientScreen,
  path: '/honest-numbers',
  ...screen(() => import('./scheduling/numbers/honest.tsx'), 'booking'),
})

const mailbox = createRoute({
  ...patientScreen,
  path: '/dev/mailbox',
  validateSearch: only((raw) => given({ message: text(raw, 'message', isId) })),
  ...screen(() => import('./conversations/mailbox.tsx'), 'staff'),
})

const tree = root.addChildren([
  patient.addChildren([
    home,
    find,
    clinician,
    book,
    bookTogether,
    visit,
    shortVisit,
    referral,
    shortReferral,
    signIn,
    enrol,
    account,
    me,
    invitation,
    family,
    actFor,
    myAccess,
    myCorrections,
    myDisclosures,
    myConsents,
    myNeeds,
    connectedApps,
    connect,
    honestNumbers,
    mailbox,
  ]),
  workRoutes,
])

/** The router over all screens. */
export function mapOfScreens(queries: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { queries },
    parseSearch: readQuery,
    stringifySearch: writeQuery,
    defaultPreload: 'intent',
    // TanStack Query decides what is still fresh.
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 250,
    defaultPendingComponent: () => <Loading page />,
    defaultErrorComponent: ErrorPage,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
  })
}
