/** The clinic this address belongs to, asked once. */
import { useQuery } from '@tanstack/react-query'
import { readClinic } from '../../../server/people/contract.ts'
import { asking } from '../call.ts'
import type { House } from '../ui/house.ts'

const unknown: House = { name: '', phone: '', zone: 'UTC', demo: false, practice: false }

/** Nameless until the answer is there: the frame is shown meanwhile. */
export function useClinic(): House {
  return useQuery({ ...asking(readClinic), staleTime: Infinity }).data ?? unknown
}
