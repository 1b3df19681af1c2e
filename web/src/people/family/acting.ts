/** For whom somebody acts on this device: asked once, again after every change in any tab, and whenever a refusal may mean that it is over. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { chooseActingFor, listActingFor } from '../../../../server/people/proxies/contract.ts'
import { readClinic } from '../../../../server/people/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { asking, call, Refused } from '../../call.ts'
import { isOfSession, useSession } from '../session.ts'

export type Acting = Reply<typeof listActingFor>
export type Person = Acting['people'][number]
const asked = asking(listActingFor)
const channelName = 'acting-for'

/** What is known of it, for the frame that waits for it. Nothing is asked for whoever is not signed in as a patient. */
export function useActingState() {
  const isPatient = useSession()?.role === 'patient'
  const { data, error } = useQuery({
    ...asked,
    enabled: isPatient,
    staleTime: Infinity,
    refetchOnWindowFocus: 'always',
  })
  return { isPatient, acting: isPatient ? data : undefined, error }
}

/** Undefined until it is known, and for everybody who is not signed in as a patient. */
export const useActing = (): Acting | undefined => useActingState().acting

/** The person acted for; undefined for one's own record and when what was given is over. */
export const actedFor = (acting: Acting | undefined): Person | undefined =>
  acting?.people.find(({ patientId }) => patientId === acting.now)

/** Acts for somebody from now on, in every tab; null is one's own record. `then` runs after it, though its page begins anew. */
export function useChoose(then?: () => unknown) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (patientId: string | null) => call(chooseActingFor, { body: { patientId } }),
    onSuccess: async () => {
      tellOtherTabs()
      await queries.invalidateQueries({ queryKey: asked.queryKey })
      await then?.()
    },
    // Whom somebody could act for before may be gone now.
    onError: () => queries.invalidateQueries({ queryKey: asked.queryKey }),
  })
}

function tellOtherTabs() {
  const channel = new BroadcastChannel(channelName)
  channel.postMessage('changed')
  channel.close()
}

/**
 * False while answers about another patient are still being forgotten: show nothing of any record then. For the frame
 * alone, which is there on every patient page. `page` changes with every page that is opened.
 */
export function useForgotten(acting: Acting | undefined, page: string): boolean {
  const queries = useQueryClient()
  const subject = acting?.now ?? null
  const [shown, show] = useState<string | null>(null)
  useEffect(() => {
    const again = () => void queries.invalidateQueries({ queryKey: asked.queryKey })
    const channel = new BroadcastChannel(channelName)
    channel.addEventListener('message', again)
    const refused = (error: unknown) => error instanceof Refused && error.code === 'forbidden' && again()
    const ends = [
      queries.getQueryCache().subscribe((event) => {
        if (event.type !== 'updated' || event.action.type !== 'error' || isOfActing(event.query.queryKey)) return
        refused(event.action.error)
      }),
      queries.getMutationCache().subscribe((event) => {
        if (event.type === 'updated' && event.action.type === 'error') refused(event.action.error)
      }),
    ]
    return () => {
      channel.close()
      for (const end of ends) end()
    }
  }, [queries])
  // What was given may have ended since the last page.
  useEffect(() => {
    if (subject !== null) void queries.invalidateQueries({ queryKey: asked.queryKey })
  }, [queries, subject, page])
  useEffect(() => {
    if (subject === shown) return
    const others = {
      predicate: ({ queryKey }: { queryKey: readonly unknown[] }) =>
        !isOfSession(queryKey) && !isOfActing(queryKey) && !isOfClinic(queryKey),
    }
    // Together with what is still on its way, which is about the patient before: `screen` asks that again.
    queries.removeQueries(others)
    queueMicrotask(() => show(subject))
  }, [queries, subject, shown])
  return subject === shown
}

const isOfActing = ([url]: readonly unknown[]) => url === listActingFor.url
/** The frame itself shows it, and it is the same for all. */
const isOfClinic = ([url]: readonly unknown[]) => url === readClinic.url
