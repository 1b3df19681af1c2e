/** The second factor: six digits from an app, or one of the recovery codes. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { giveSecondFactor, type SignInReply } from '../../../../server/people/sign-in/contract.ts'
import { call } from '../../call.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Page } from '../../ui/page.tsx'
import { ProblemSummary, useProblems } from '../../ui/problems.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import css from './sign-in.module.css'

interface SecondFactorProps {
  pending: SignInReply
  onDone: (reply: SignInReply) => unknown
  onBack: () => void
}

export function SecondFactor({ pending, onDone, onBack }: SecondFactorProps) {
  const { t } = useLingui()
  const problems = useProblems()
  const [kind, choose] = useState<'totp' | 'recovery_code'>(pending.methods.includes('totp') ? 'totp' : 'recovery_code')
  const [typed, type] = useState('')
  const giving = useMutation({
    mutationFn: (code: string) =>
      call(giveSecondFactor, {
        body: { step: pending.step ?? '', ...(kind === 'totp' ? { code } : { recoveryCode: code }) },
      }),
    onSuccess: onDone,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const code = kind === 'totp' ? typed.replace(/\D/g, '') : typed.trim()
    const isFit = kind === 'totp' ? code.length === 6 : code.length >= 10
    if (problems.report(isFit ? [] : [{ field: 'second', text: t`Type the whole code` }])) giving.mutate(code)
  }
  const other = kind === 'totp' ? 'recovery_code' : 'totp'
  return (
    <Page title={t`One more step`} lead={t`It keeps your account yours, even when somebody learns your password.`}>
      <form onSubmit={submit} noValidate className={css.form}>
        <ProblemSummary problems={problems.problems} tries={problems.tries} />
        <Refusal error={giving.error} />
        <TextField
          key={kind}
          name="second"
          label={kind === 'totp' ? t`Six digits from your app` : t`One of your recovery codes`}
          value={typed}
          onChange={type}
          error={problems.of('second')}
          inputMode={kind === 'totp' ? 'numeric' : 'text'}
          autoComplete="one-time-code"
          maxLength={24}
          spellCheck={false}
        />
        <BusyButton type="submit" busy={giving.isPending}>
          <Trans>Continue</Trans>
        </BusyButton>
        {pending.methods.includes(other) && (
          <button
            type="button"
            className={css.link}
            onClick={() => {
              choose(other)
              type('')
            }}
          >
            {other === 'totp' ? <Trans>Use the code from my app</Trans> : <Trans>Use a recovery code</Trans>}
          </button>
        )}
        <button type="button" className={css.link} onClick={onBack}>
          <Trans>Sign in another way</Trans>
        </button>
      </form>
    </Page>
  )
}
