/** Asks before something that is hard to undo, in the browser's own dialog: focus goes in, stays, and comes back. */
import { useEffect, useId, useRef, type ReactNode } from 'react'
import { BusyButton } from './busy-button.tsx'
import { Button } from './button.tsx'
import { Row } from './layout.tsx'
import css from './confirm.module.css'

interface ConfirmProps {
  open: boolean
  /** The question: 'Cancel this visit?' */
  title: string
  /** The deed, not 'OK': 'Cancel the visit' */
  yes: string
  /** 'Keep it' */
  no: string
  danger?: boolean
  /** While the deed is being done. */
  busy?: boolean
  onYes: () => void
  /** Also by Escape. */
  onNo: () => void
  children?: ReactNode
}

/** A question with two answers; `onNo` also when Escape is pressed. */
export function Confirm({ open, title, yes, no, danger = false, busy = false, onYes, onNo, children }: ConfirmProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const keep = useRef<HTMLButtonElement>(null)
  const titleId = useId()
  useEffect(() => {
    if (!open) return dialog.current?.close()
    dialog.current?.showModal()
    // A hurried Enter should not undo anything.
    if (danger) keep.current?.focus()
  }, [open, danger])
  return (
    <dialog
      ref={dialog}
      className={css.dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onNo()
      }}
    >
      <h2 id={titleId} className={css.title}>
        {title}
      </h2>
      {children}
      <Row apart>
        <BusyButton variant={danger ? 'danger' : 'filled'} onClick={onYes} busy={busy}>
          {yes}
        </BusyButton>
        <Button ref={keep} variant="default" onClick={onNo} disabled={busy}>
          {no}
        </Button>
      </Row>
    </dialog>
  )
}
