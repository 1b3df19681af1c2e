/** What matters asks once more who is there: the question, with the ways that this person has. */
import { ProveAgain, type useProving } from '../account/prove-again.tsx'
import { useSession } from '../session.ts'

export function ProveFirst({ waiting, settle }: ReturnType<typeof useProving>) {
  const { passkey = false, password = false, totp = false, demo = false } = useSession()?.unlockBy ?? {}
  return (
    <ProveAgain
      waiting={waiting}
      settle={settle}
      hasPasskey={passkey}
      hasPassword={password}
      hasTotp={totp}
      isDemo={demo}
    />
  )
}
