/** The locked screen: covers everything until the same person shows who they are, and gives back what was there. */
import { Trans } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { signOut, unlockSession } from '../../../../server/people/sign-in/contract.ts'
import { call } from '../../call.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Ways } from '../account/prove-again.tsx'
import type { Session } from '../session.ts'
import type { Lock } from './use-lock.ts'
import css from './work.module.css'

interface LockedProps {
  /** As the server knows it now: nobody's, when it came to its end meanwhile. */
  session: Session
  lock: Lock
  /** Whose page lies under it, if any. */
  owner?: Session
}

export function Locked({ session, lock, owner }: LockedProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  const isOver = session.personId === null
  const isAnother = owner !== undefined && !isOver && session.personId !== owner.personId
  const name = owner?.name ?? session.name
  return (
    <dialog
      ref={dialog}
      className={css.lock}
      aria-labelledby="locked"
      onCancel={(event) => event.preventDefault()}
      // A second Escape closes it all the same; it opens again.
      onClose={() => dialog.current?.showModal()}
    >
      <div className={css.key}>
        <h1 id="locked">
          <Trans>Locked</Trans>
        </h1>
        {name && (
          <p className={css.soft}>
            <Trans>{name} is signed in here.</Trans>
          </p>
        )}
        {isAnother ? <Other /> : isOver ? <Over lock={lock} /> : <Unlock session={session} lock={lock} />}
        <Leave />
      </div>
    </dialog>
  )
}

function Unlock({ session: { unlockBy }, lock }: Pick<LockedProps, 'session' | 'lock'>) {
  const { passkey, password, totp, demo } = unlockBy
  return (
    <Ways
      hasPasskey={passkey}
      hasPassword={password}
      hasTotp={totp}
      isDemo={demo}
      prove={(body) => call(unlockSession, { body })}
      onDone={() => void lock.unlocked()}
    />
  )
}

/** The session came to its end: what was typed is still here, so signing in happens beside it. */
function Over({ lock }: Pick<LockedProps, 'lock'>) {
  const looking = useMutation({ mutationFn: lock.unlocked })
  return (
    <>
      <p>
        <Trans>Your session has ended. Sign in again in a new tab, then come back: what you typed is still here.</Trans>
      </p>
      <a className={css.link} href="/sign-in" target="_blank" rel="noreferrer">
        <Trans>Sign in again</Trans>
      </a>
      <BusyButton variant="default" busy={looking.isPending} onClick={() => looking.mutate()}>
        <Trans>I have signed in</Trans>
      </BusyButton>
    </>
  )
}

/** Nobody goes on with what another one left. */
function Other() {
  return (
    <>
      <Notice>
        <p>
          <Trans>Somebody else is signed in on this device now. This page is not theirs.</Trans>
        </p>
      </Notice>
      <Button onClick={() => location.assign('/sign-in')}>
        <Trans>Close this page</Trans>
      </Button>
    </>
  )
}

function Leave() {
  const leaving = useMutation({
    mutationFn: () => call(signOut, { body: {} }),
    onSettled: () => location.assign('/sign-in'),
  })
  return (
    <BusyButton variant="subtle" busy={leaving.isPending} onClick={() => leaving.mutate()}>
      <Trans>Sign out, and lose what was not saved</Trans>
    </BusyButton>
  )
}
