/** A button that works for a while: it keeps the focus meanwhile, says so, and does nothing twice. */
import { useLingui } from '@lingui/react/macro'
import { Button, Loader, VisuallyHidden, type ButtonProps } from '@mantine/core'
import type { MouseEvent, ReactNode } from 'react'

interface BusyButtonProps extends Pick<ButtonProps, 'variant' | 'fullWidth'> {
  busy: boolean
  type?: 'submit' | 'button'
  onClick?: () => void
  children: ReactNode
}

/** A disabled button would drop the focus to the top of the page: this one only refuses. */
export function BusyButton({ busy, onClick, children, type = 'button', ...look }: BusyButtonProps) {
  const { t } = useLingui()
  const click = (event: MouseEvent) => {
    if (busy) event.preventDefault()
    else onClick?.()
  }
  return (
    <Button {...look} type={type} aria-disabled={busy} onClick={click}>
      {busy && <Loader size="xs" color="currentColor" mr="xs" aria-hidden="true" />}
      {children}
      <VisuallyHidden component="output">{busy ? t`One moment` : ''}</VisuallyHidden>
    </Button>
  )
}
