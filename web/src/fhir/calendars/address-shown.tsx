/** The secret address of a calendar: shown once, to be copied into the calendar program. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useRef, useState } from 'react'
import css from '../../people/staff/staff.module.css'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Row, Stack } from '../../ui/layout.tsx'

export interface Address {
  id: string
  url: string
  clinician: string
}

interface AddressShownProps {
  address: Address
  onKept: () => void
}

/** Takes the focus: what was done has brought this about, and it is not shown again. Keyed by the address. */
export function AddressShown({ address: { url, clinician }, onKept }: AddressShownProps) {
  const { t } = useLingui()
  const [copied, say] = useState(false)
  const title = useRef<HTMLHeadingElement>(null)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => title.current?.focus(), [])
  const copy = async () => {
    // A browser may forbid it: the address is then marked, ready to be copied by hand.
    field.current?.select()
    await navigator.clipboard.writeText(url).then(
      () => say(true),
      () => say(false),
    )
  }
  return (
    <Card as="section" aria-labelledby="calendar-address">
      <Stack>
        <h2 id="calendar-address" ref={title} tabIndex={-1} data-quiet-focus="" className={css.name}>
          <Trans>The address for the visits of {clinician}</Trans>
        </h2>
        <p>
          <Trans>
            Copy it into your calendar program, where it says ‘subscribe’, ‘from URL’ or ‘from the web’. It is shown
            only now: who loses it makes another.
          </Trans>
        </p>
        <input
          ref={field}
          className={css.link}
          aria-label={t`Calendar address`}
          readOnly
          value={url}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Row apart>
          <Button onClick={() => void copy()}>
            <Trans>Copy the address</Trans>
          </Button>
          <Button variant="default" onClick={onKept}>
            <Trans>I have it</Trans>
          </Button>
          <output>{copied && <Trans>Copied</Trans>}</output>
        </Row>
      </Stack>
    </Card>
  )
}
