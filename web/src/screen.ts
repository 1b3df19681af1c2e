/** Turns a screen file into a route that loads lazily: its `loader` fetches what it shows, its `Screen` shows it. */
import { isCancelledError, type QueryClient } from '@tanstack/react-query'
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
export function screen(open: () => Promise<ScreenFile>, part: Part = 'everywhere') {
  const file = async () => {
    const [loaded] = await Promise.all([open(), speakOf(part)])
    return loaded
  }
  return {
    component: lazyRouteComponent(file, 'Screen'),
    loaderDeps: ({ search }: { search: unknown }) => ({ search }),
    loader: async ({ context, params, deps }: RouteGives) => {
      const { loader } = await file()
      const { search } = deps as { search: unknown }
      const load = () => loader?.({ queries: context.queries, params: params as never, search: search as never })
      // On a slow line it may become known for whom somebody acts while this is on its way: all that was asked before
      // is called off then, and asked again for whom they act.
      await load()?.catch((error: unknown) => (isCancelledError(error) ? load() : Promise.reject(error)))
    },
  }
}
