/** Setting up an authenticator app: a picture to scan, the secret to type, and the first code to confirm it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useId } from 'react'
import { renderSVG } from 'uqr'
import { TextField } from '../ui/field.tsx'
import css from './sign-in/sign-in.module.css'

interface AppCodeProps {
  uri: string
  secret: string
  code: string
  onCode: (code: string) => void
  error: string | undefined
}

export function AppCode({ uri, secret, code, onCode, error }: AppCodeProps) {
  const { t } = useLingui()
  const id = useId()
  return (
    <>
      <div>
        <p id={id}>
          <Trans>Scan this with your authenticator app, or type the secret into it:</Trans>
        </p>
        <img
          className={css.picture}
          src={`data:image/svg+xml,${encodeURIComponent(renderSVG(uri))}`}
          alt={t`Picture code for your authenticator app`}
          aria-describedby={id}
        />
        <p className={css.secret}>{secret.replaceAll(/(.{4})/g, '$1 ')}</p>
      </div>
      <TextField
        name="app-code"
        label={t`Six digits from your app`}
        value={code}
        onChange={onCode}
        error={error}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={7}
        spellCheck={false}
      />
    </>
  )
}
