/** The map of screens, in the order a patient meets them. A screen is one file, loaded when somebody goes there. */
import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, createRouter, Outlet, redirect } from '@tanstack/react-router'
import { isDay, isId, readQuery, text, writeQuery, given, type Raw } from './address.ts'
import { Frame } from './frame.tsx'
import { bookingSearch } from './scheduling/book/search.ts'
import { careSearch, clinicianSearch } from './scheduling/find/search.ts'
import { visitSearch } from './scheduling/visit/search.ts'
import { screen } from './screen.ts'
import { ErrorPage, NotFoundPage } from './ui/error-page.tsx'
import { Loading } from './ui/loading.tsx'

const root = createRootRouteWithContext<{ queries: QueryClient }>()({
  component: Outlet,
  notFoundComponent: () => (
    <Frame>
      <NotFoundPage />
    </Frame>
  ),
})

const patient = createRoute({ getParentRoute: () => root, id: 'patient', component: Frame })
const patientScreen = { getParentRoute: () => patient }

const home = createRoute({
  ...patientScreen,
  path: '/',
  validateSearch: careSearch,
  ...screen(() => import('./scheduling/find/home.tsx')),
})

const find = createRoute({
  ...patientScreen,
  path: '/find',
  validateSearch: careSearch,
  ...screen(() => import('./scheduling/find/results.tsx')),
})

const clinician = createRoute({
  ...patientScreen,
  path: '/clinicians/$id',
  validateSearch: clinicianSearch,
  ...screen(() => import('./scheduling/find/clinician.tsx')),
})

const book = createRoute({
  ...patientScreen,
  path: '/book',
  validateSearch: bookingSearch,
  ...screen(() => import('./scheduling/book/book.tsx'), 'booking'),
})

/** The token of the visit link is in the fragment, which no server and no log ever sees. */
const visit = createRoute({
  ...patientScreen,
  path: '/visit',
  validateSearch: visitSearch,
  ...screen(() => import('./scheduling/visit/visit.tsx'), 'booking'),
})

/** As short as a text message needs it. */
const shortVisit = createRoute({
  ...patientScreen,
  path: '/v',
  beforeLoad: ({ location }) => redirect({ to: '/visit', hash: location.hash, replace: true, throw: true }),
})

/** Staff pages have a frame of their own, and a component library that patient pages do without. */
const desk = createRoute({
  getParentRoute: () => root,
  path: '/desk',
  validateSearch: (raw: Raw) => given({ day: text(raw, 'day', isDay), placeId: text(raw, 'placeId') }),
  ...screen(() => import('./staff.tsx'), 'staff'),
})

const mailbox = createRoute({
  ...patientScreen,
  path: '/dev/mailbox',
  validateSearch: (raw: Raw) => given({ message: text(raw, 'message', isId) }),
  ...screen(() => import('./conversations/mailbox.tsx'), 'staff'),
})

const tree = root.addChildren([patient.addChildren([home, find, clinician, book, visit, shortVisit, mailbox]), desk])

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
