/** What the receiver checks signatures with: shown once, to be copied. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useRef, useState } from 'react'
import css from '../../people/staff/staff.module.css'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Row, Stack } from '../../ui/layout.tsx'

export interface Secret {
  name: string
  secret: string
}

/** Takes the focus: what was done has brought this about, and it is not shown again. */
export function SecretShown({ secret: { name, secret }, onKept }: { secret: Secret; onKept: () => void }) {
  const { t } = useLingui()
  const [copied, say] = useState(false)
  const title = useRef<HTMLHeadingElement>(null)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => title.current?.focus(), [secret])
  const copy = async () => {
    // A browser may forbid it: the secret is then marked, ready to be copied by hand.
    field.current?.select()
    await navigator.clipboard.writeText(secret).then(
      () => say(true),
      () => say(false),
    )
  }
  return (
    <Card as="section" aria-labelledby="webhook-secret">
      <Stack>
        <h2 id="webhook-secret" ref={title} tabIndex={-1} data-quiet-focus="" className={css.name}>
          <Trans>The secret of {name}</Trans>
        </h2>
        <p>
          <Trans>
            The receiver checks with it that a message came from us and was not changed (Standard Webhooks). It is shown
            only now.
          </Trans>
        </p>
        <input
          ref={field}
          className={css.link}
          aria-label={t`Secret`}
          readOnly
          value={secret}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Row apart>
          <Button onClick={() => void copy()}>
            <Trans>Copy the secret</Trans>
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
