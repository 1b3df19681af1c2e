/** A link that is shown once, to be copied and given on. */
import { Trans } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useRef, useState, type ReactNode } from 'react'
import css from '../desk.module.css'

export function LinkOnce({ url, label, children }: { url: string; label: string; children: ReactNode }) {
  const [copied, say] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const copy = async () => {
    // A browser may forbid it: the link is then marked, ready to be copied by hand.
    field.current?.select()
    await navigator.clipboard.writeText(url).then(
      () => say(true),
      () => say(false),
    )
  }
  return (
    <div className={css.stack}>
      <p>{children}</p>
      <input ref={field} className={css.date} aria-label={label} readOnly value={url} />
      <Button variant="default" onClick={() => void copy()}>
        {copied ? <Trans>Copied</Trans> : <Trans>Copy the link</Trans>}
      </Button>
    </div>
  )
}
