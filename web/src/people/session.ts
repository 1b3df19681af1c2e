/** Who is signed in on this device, for every page that asks; and what is to be forgotten when that changes. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { readSession } from '../../../server/people/sign-in/contract.ts'
import type { Reply } from '../../../server/platform/endpoint.ts'
import { asking } from '../call.ts'

export type Session = Reply<typeof readSession>
const asked = asking(readSession)

/** Undefined until it is known. Asked again when the window comes back: another tab may have signed out. */
export function useSession(): Session | undefined {
  return useQuery({ ...asked, staleTime: 60_000, refetchOnWindowFocus: 'always' }).data
}

/** Whether a question is the one above. */
export const isOfSession = (key: readonly unknown[]) => key[0] === asked.queryKey[0]

/** Call it after signing in, out or over to another role: what one person saw is nothing for the next. */
export function useForget() {
  const queries = useQueryClient()
  return async () => {
    queries.removeQueries({ predicate: ({ queryKey }) => !isOfSession(queryKey) })
    await queries.invalidateQueries({ queryKey: asked.queryKey })
  }
}

const homes: Readonly<Record<string, '/me' | '/desk' | '/staff' | '/officer' | '/board'>> = {
  patient: '/me',
  front_desk: '/desk',
  scheduler: '/desk',
  nurse: '/desk',
  clinician: '/desk',
  quality_manager: '/board',
  practice_admin: '/staff',
  auditor: '/officer',
}

/** The first page of each role; those whose work comes later have their own account. */
export const homeOf = (role: string): '/me' | '/desk' | '/staff' | '/officer' | '/board' | '/account' =>
  homes[role] ?? '/account'
