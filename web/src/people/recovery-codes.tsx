/** Recovery codes, shown once: to be written down or printed before going on. */
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import css from './sign-in/sign-in.module.css'

export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const [copied, say] = useState(false)
  return (
    <section aria-labelledby="recovery-codes">
      <h2 id="recovery-codes">
        <Trans>Your recovery codes</Trans>
      </h2>
      <p>
        <Trans>
          Each opens your account once, when your phone or passkey is lost. Write them down or print them now: they are
          not shown again.
        </Trans>
      </p>
      <ol className={css.codes}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <output>{copied && <Trans>Copied</Trans>}</output>
      <div className={css.roles}>
        <Button
          variant="default"
          onClick={() => void navigator.clipboard.writeText(codes.join('\n')).then(() => say(true))}
        >
          <Trans>Copy them</Trans>
        </Button>
        <Button variant="default" onClick={() => window.print()}>
          <Trans>Print them</Trans>
        </Button>
        <Button onClick={onKept}>
          <Trans>I have kept them</Trans>
        </Button>
      </div>
      <Notice tone="warn">
        <p>
          <Trans>Keep them where nobody else looks. We never ask you for one on the phone.</Trans>
        </p>
      </Notice>
    </section>
  )
}
