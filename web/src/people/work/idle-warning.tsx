/** Two minutes before the screen locks by itself: says so. Any touch or key is an answer. */
import { Trans } from '@lingui/react/macro'
import { useEffect, useRef } from 'react'
import { Button } from '../../ui/button.tsx'
import { Row } from '../../ui/layout.tsx'
import css from './work.module.css'

interface IdleWarningProps {
  /** Seconds; undefined while there is nothing to warn of. */
  left: number | undefined
  onLock: () => void
}

export function IdleWarning({ left, onLock }: IdleWarningProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const isShown = left !== undefined
  useEffect(() => {
    if (isShown) dialog.current?.showModal()
    else dialog.current?.close()
  }, [isShown])
  const seconds = left ?? 0
  return (
    <dialog ref={dialog} className={css.dialog} aria-labelledby="idle-warning">
      <h2 id="idle-warning">
        <Trans>Are you still there?</Trans>
      </h2>
      <p>
        <Trans>The screen locks soon. What you typed stays.</Trans>
      </p>
      <p className={css.left} aria-hidden="true">
        {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, '0')}
      </p>
      <Row>
        {/* The press itself is what keeps the session. */}
        <Button>
          <Trans>Stay signed in</Trans>
        </Button>
        <Button variant="default" onClick={onLock}>
          <Trans>Lock now</Trans>
        </Button>
      </Row>
    </dialog>
  )
}
