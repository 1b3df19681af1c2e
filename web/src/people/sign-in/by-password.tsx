/** Name and password; a lost password is set anew by a code to the account's phone or email. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { resetPassword, signInWithPassword, type SignInReply } from '../../../../server/people/sign-in/contract.ts'
import { call } from '../../call.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ProblemSummary, useProblems } from '../../ui/problems.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { Proving } from './by-code.tsx'
import css from './sign-in.module.css'

export function ByPassword({ onDone }: { onDone: (reply: SignInReply) => unknown }) {
  const { t } = useLingui()
  const problems = useProblems()
  const [name, typeName] = useState('')
  const [password, typePassword] = useState('')
  const [isLost, lose] = useState(false)
  const signing = useMutation({
    mutationFn: () => call(signInWithPassword, { body: { name: name.trim(), password } }),
    onSuccess: onDone,
  })
  if (isLost) return <LostPassword onBack={() => lose(false)} />
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = [
      ...(name.trim().length < 3 ? [{ field: 'name', text: t`Enter your email or phone` }] : []),
      ...(password === '' ? [{ field: 'password', text: t`Enter your password` }] : []),
    ]
    if (problems.report(found)) signing.mutate()
  }
  return (
    <form onSubmit={submit} noValidate className={css.form}>
      <ProblemSummary problems={problems.problems} tries={problems.tries} />
      <Refusal error={signing.error} />
      <TextField
        name="name"
        label={t`Email or phone`}
        value={name}
        onChange={typeName}
        error={problems.of('name')}
        autoComplete="username"
        spellCheck={false}
        maxLength={254}
      />
      <TextField
        name="password"
        type="password"
        label={t`Password`}
        value={password}
        onChange={typePassword}
        error={problems.of('password')}
        autoComplete="current-password"
        maxLength={256}
      />
      <BusyButton type="submit" busy={signing.isPending}>
        <Trans>Sign in</Trans>
      </BusyButton>
      <button type="button" className={css.link} onClick={() => lose(true)}>
        <Trans>I forgot my password</Trans>
      </button>
    </form>
  )
}

function LostPassword({ onBack }: { onBack: () => void }) {
  const { t } = useLingui()
  const problems = useProblems()
  const [proof, prove] = useState('')
  const [password, type] = useState('')
  const setting = useMutation({ mutationFn: () => call(resetPassword, { body: { proof, password } }) })
  if (setting.isSuccess)
    return (
      <Notice tone="good" says="polite">
        <p>
          <Trans>Your new password is set. You were signed out everywhere.</Trans>
        </p>
        <button type="button" className={css.link} onClick={onBack}>
          <Trans>Sign in with it</Trans>
        </button>
      </Notice>
    )
  if (proof === '')
    return (
      <Proving
        hint={<Trans>We send a code to the phone or email of your account. Then you choose a new password.</Trans>}
        onProved={async (given) => prove(given)}
      />
    )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (problems.report(password.length < 12 ? [{ field: 'new-password', text: t`Use at least 12 characters` }] : []))
      setting.mutate()
  }
  return (
    <form onSubmit={submit} noValidate className={css.form}>
      <ProblemSummary problems={problems.problems} tries={problems.tries} />
      <Refusal error={setting.error} />
      <TextField
        name="new-password"
        type="password"
        label={t`New password`}
        hint={t`At least 12 characters. A few words that only you would put together are good.`}
        value={password}
        onChange={type}
        error={problems.of('new-password')}
        autoComplete="new-password"
        maxLength={256}
      />
      <BusyButton type="submit" busy={setting.isPending}>
        <Trans>Set the password</Trans>
      </BusyButton>
    </form>
  )
}
