/** The app around the screens: look, language, questions to the API, and the map of screens. */
import './ui/elements.css'
import './ui/tokens.css'
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { Refused } from './call.ts'
import { mapOfScreens } from './routes.tsx'

const passing = new Set(['offline', 'busy'])
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failures, error) => failures < 2 && error instanceof Refused && passing.has(error.code),
    },
    mutations: { retry: false },
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
