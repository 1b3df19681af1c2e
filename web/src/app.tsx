/** The app around the screens: look, language, questions to the API, and the map of screens. */
import './ui/elements.css'
import './ui/tokens.css'
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { readSession } from '../../server/people/sign-in/contract.ts'
import { Refused } from './call.ts'
import { mapOfScreens } from './routes.tsx'

const passing = new Set(['offline', 'busy'])
/** Somebody who was signed in is no more, or has locked the screen: what shows who is there finds out at once. */
const onError = (error: unknown) => {
  if (error instanceof Refused && error.status === 401) void queries.invalidateQueries({ queryKey: [readSession.url] })
}
const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      networkMode: 'always',
      retry: (failures, error) => failures < 2 && error instanceof Refused && passing.has(error.code),
    },
    // Without a network a press is refused at once: kept for later, it would come as a surprise.
    mutations: { retry: false, networkMode: 'always' },
  },
})
const router = mapOfScreens(queries)

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

/** Shows the app in the page. The words of the language must be there already. */
export function show(): void {
  const place = document.getElementById('app')
  if (!place) throw new Error('The page has no #app')
  createRoot(place).render(
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </I18nProvider>,
  )
}
