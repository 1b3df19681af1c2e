/** Whether whoever is signed in may propose and approve rules; the others only read them. */
import { useSession } from '../../people/session.ts'

export function useMay(): boolean {
  const role = useSession()?.role
  return role === 'scheduler' || role === 'practice_admin'
}
