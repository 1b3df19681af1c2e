/** What a role is called, in the reader's language. */
import { useLingui } from '@lingui/react/macro'
import { roleWords } from '../roles.ts'

/** Gives the name of a role; one that has none yet is told as it is kept. */
export function useRoleName(): (role: string) => string {
  const { i18n } = useLingui()
  return (role) => {
    const words = roleWords[role]
    return words ? i18n._(words) : role
  }
}
