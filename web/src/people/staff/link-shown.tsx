/** The link that a colleague sets the account up with: shown once, to be copied and given in person. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Row, Stack } from '../../ui/layout.tsx'
import css from './staff.module.css'

export interface Link {
  name: string
  url: string
}

/** Takes the focus: what was done has brought this about, and it is not shown again. */
export function LinkShown({ link: { name, url }, onKept }: { link: Link; onKept: () => void }) {
  const { t } = useLingui()
  const [copied, say] = useState(false)
  const title = useRef<HTMLHeadingElement>(null)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => title.current?.focus(), [url])
  const copy = async () => {
    // A browser may forbid it: the link is then marked, ready to be copied by hand.
    field.current?.select()
    await navigator.clipboard.writeText(url).then(
      () => say(true),
      () => say(false),
    )
  }
  return (
    <Card as="section" aria-labelledby="enrolment-link">
      <Stack>
        <h2 id="enrolment-link" ref={title} tabIndex={-1} data-quiet-focus="" className={css.name}>
          <Trans>A link for {name}</Trans>
        </h2>
        <p>
          <Trans>
            {name} sets the account up with it. It works once, for three days, and is shown only now. Give it in person,
            or in a way that nobody else reads.
          </Trans>
        </p>
        <input
          ref={field}
          className={css.link}
          aria-label={t`Link to set up the account`}
          readOnly
          value={url}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Row>
          <Button onClick={() => void copy()}>
            <Trans>Copy the link</Trans>
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
