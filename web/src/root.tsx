/** The root that all screens hang on; an address that there is not says so in the frame of patients. */
import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, lazyRouteComponent, Outlet } from '@tanstack/react-router'
import { Suspense } from 'react'
import { Frame } from './frame.tsx'
import { useClinic } from './people/clinic.ts'
import { NotFoundPage } from './ui/error-page.tsx'
import { HouseContext } from './ui/house.ts'

const PracticeBanner = lazyRouteComponent(() => import('./practice.tsx'), 'PracticeBanner')

export const root = createRootRouteWithContext<{ queries: QueryClient }>()({
  component: Root,
  notFoundComponent: () => (
    <Frame>
      <NotFoundPage />
    </Frame>
  ),
})

function Root() {
  const house = useClinic()
  return (
    <>
      {house.practice && (
        <HouseContext value={house}>
          <Suspense>
            <PracticeBanner />
          </Suspense>
        </HouseContext>
      )}
      <Outlet />
    </>
  )
}
