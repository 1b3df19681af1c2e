/** The root that all screens hang on; an address that there is not says so in the frame of patients. */
import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, Outlet } from '@tanstack/react-router'
import { Frame } from './frame.tsx'
import { NotFoundPage } from './ui/error-page.tsx'

export const root = createRootRouteWithContext<{ queries: QueryClient }>()({
  component: Outlet,
  notFoundComponent: () => (
    <Frame>
      <NotFoundPage />
    </Frame>
  ),
})
