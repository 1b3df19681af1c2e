/** Turns a screen file into a route that loads lazily: its `loader` fetches what it shows, its `Screen` shows it. */
import type { QueryClient } from '@tanstack/react-query'
import { lazyRouteComponent } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { speakOf, type Part } from './lang/languages.ts'

/** What a loader is given. `search` has been read by the route's `validateSearch`. */
export interface Given<Search = Record<string, never>, Params = Record<string, never>> {
  queries: QueryClient
  params: Params
  search: Search
}

interface ScreenFile {
  Screen: ComponentType
  loader?: (given: Given<never, never>) => Promise<unknown>
}

interface RouteGives {
  context: { queries: QueryClient }
  params: unknown
  deps: unknown
}

/** The `component`, `loader` and `loaderDeps` of a route, from the file that has the screen. `part`: its words, where it has some of its own. */
export function screen(load: () => Promise<ScreenFile>, part: Part = 'everywhere') {
  const file = async () => {
    const [loaded] = await Promise.all([load(), speakOf(part)])
    return loaded
  }
  return {
    component: lazyRouteComponent(file, 'Screen'),
    loaderDeps: ({ search }: { search: unknown }) => ({ search }),
    loader: async ({ context, params, deps }: RouteGives) => {
      const { loader } = await file()
      const { search } = deps as { search: unknown }
      await loader?.({ queries: context.queries, params: params as never, search: search as never })
    },
  }
}
