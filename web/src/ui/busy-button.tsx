/** A button that works for a while: it keeps the focus meanwhile, says so, and does nothing twice. */
import { useLingui } from '@lingui/react/macro'
import type { MouseEvent, ReactNode } from 'react'
import { Button, type ButtonLook } from './button.tsx'
import { Hidden } from './hidden.tsx'
import css from './button.module.css'

interface BusyButtonProps extends ButtonLook {
  busy: boolean
  type?: 'submit' | 'button'
  onClick?: () => void
  children: ReactNode
}

/** A disabled button would drop the focus to the top of the page: this one only refuses. */
export function BusyButton({ busy, onClick, children, ...look }: BusyButtonProps) {
  const { t } = useLingui()
  const click = (event: MouseEvent) => {
    if (busy) event.preventDefault()
    else onClick?.()
  }
  return (
    <Button {...look} aria-disabled={busy} onClick={click}>
      {busy && <span className={css.spinner} aria-hidden="true" />}
      {children}
      <Hidden as="output">{busy ? t`One moment` : ''}</Hidden>
    </Button>
  )
}
