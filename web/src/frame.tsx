/** The frame that all patient screens stand in: whose clinic it is, and the way in and out. */
import { Trans } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { Link, Outlet, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { signOut } from '../../server/people/sign-in/contract.ts'
import { call } from './call.ts'
import { ActingBanner, ForOne } from './acting.tsx'
import css from './frame.module.css'
import { useClinic } from './people/clinic.ts'
import { homeOf, useForget, useSession } from './people/session.ts'
import { HouseContext } from './ui/house.ts'
import { Shell } from './ui/shell.tsx'

/** Gives every screen its clinic. */
export function Frame({ children }: { children?: ReactNode }) {
  return (
    <HouseContext value={useClinic()}>
      <Shell tools={<WayInAndOut />} above={<ActingBanner />}>
        <ForOne>{children ?? <Outlet />}</ForOne>
      </Shell>
    </HouseContext>
  )
}

/** Nothing until it is known who is there: a link that changes under the finger would mislead. */
function WayInAndOut() {
  const session = useSession()
  if (!session) return null
  if (session.role === 'anyone')
    return (
      <Link to="/sign-in" className={css.tool}>
        <Trans>Sign in</Trans>
      </Link>
    )
  return (
    <>
      <Link to={homeOf(session.role)} className={css.tool}>
        <Trans>My page</Trans>
      </Link>
      <SignOut />
    </>
  )
}

function SignOut() {
  const forget = useForget()
  const navigate = useNavigate()
  const ending = useMutation({
    mutationFn: () => call(signOut, { body: {} }),
    onSuccess: async () => {
      await navigate({ to: '/' })
      await forget()
    },
  })
  return (
    <button
      type="button"
      className={css.tool}
      aria-disabled={ending.isPending}
      onClick={() => !ending.isPending && ending.mutate()}
    >
      <Trans>Sign out</Trans>
    </button>
  )
}
