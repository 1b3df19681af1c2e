/** A new colleague sets the account up: a passkey, or a password with an app. Opened by a link that works once. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { enrolWithPasskey, enrolWithPassword, startEnrolment } from '../../../../server/people/staff/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { call } from '../../call.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { ProblemSummary, useProblems } from '../../ui/problems.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { AppCode } from '../app-code.tsx'
import { deviceName, knowsPasskeys, makePasskey } from '../passkey.ts'
import { RecoveryCodes } from '../recovery-codes.tsx'
import { homeOf, useForget } from '../session.ts'
import css from './sign-in.module.css'

type Enrolled = Reply<typeof enrolWithPasskey>

export function Screen() {
  const { t } = useLingui()
  const forget = useForget()
  const token = useLocation({ select: ({ hash }) => hash })
  const [done, finish] = useState<Enrolled>()
  const offer = useQuery({
    queryKey: ['enrolment', token],
    queryFn: () => call(startEnrolment, { body: { token } }),
    enabled: token !== '',
    staleTime: Infinity,
    retry: false,
  })
  if (done)
    return (
      <Page title={t`Your account is ready`}>
        <RecoveryCodes
          codes={done.recoveryCodes}
          onKept={() => void forget().then(() => window.location.assign(homeOf(done.signIn.role ?? '')))}
        />
      </Page>
    )
  if (offer.error || token === '')
    return (
      <Page title={t`This link is over`} lead={t`It works once, for three days. Ask your administrator for a new one.`}>
        <Refusal error={offer.error} />
      </Page>
    )
  if (!offer.data) return <Loading page />
  return <Choose token={token} offer={offer.data} onDone={finish} />
}

interface ChooseProps {
  token: string
  offer: Reply<typeof startEnrolment>
  onDone: (done: Enrolled) => void
}

function Choose({ token, offer, onDone }: ChooseProps) {
  const { t } = useLingui()
  const [byPassword, choose] = useState(!knowsPasskeys())
  const making = useMutation({
    mutationFn: async () => {
      const answer = await makePasskey(offer.passkey.options)
      if (!answer) return undefined
      return call(enrolWithPasskey, { body: { token, step: offer.passkey.step, answer, label: deviceName() } })
    },
    onSuccess: (done) => done && onDone(done),
  })
  const name = offer.name ?? ''
  return (
    <Page title={t`Set up your account`} lead={t`${name}, choose how you sign in from now on.`}>
      <div className={css.ways}>
        <Refusal error={making.error} />
        {knowsPasskeys() && (
          <>
            <BusyButton fullWidth busy={making.isPending} onClick={() => making.mutate()}>
              <Trans>Make a passkey on this device</Trans>
            </BusyButton>
            <p className={css.hint}>
              <Trans>A passkey is your fingerprint, your face or the code of this device. Nothing to remember.</Trans>
            </p>
          </>
        )}
        {byPassword ? (
          <PasswordAndApp token={token} offer={offer} onDone={onDone} />
        ) : (
          <Button variant="default" fullWidth onClick={() => choose(true)}>
            <Trans>Use a password and an app instead</Trans>
          </Button>
        )}
      </div>
    </Page>
  )
}

function PasswordAndApp({ token, offer, onDone }: ChooseProps) {
  const { t } = useLingui()
  const problems = useProblems()
  const [password, typePassword] = useState('')
  const [code, typeCode] = useState('')
  const setting = useMutation({
    mutationFn: (digits: string) =>
      call(enrolWithPassword, { body: { token, password, step: offer.totp.step, code: digits } }),
    onSuccess: onDone,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const digits = code.replace(/\D/g, '')
    const found = [
      ...(password.length < 12 ? [{ field: 'password', text: t`Use at least 12 characters` }] : []),
      ...(digits.length === 6 ? [] : [{ field: 'app-code', text: t`Type the six digits of the code` }]),
    ]
    if (problems.report(found)) setting.mutate(digits)
  }
  return (
    <form onSubmit={submit} noValidate className={css.form}>
      <ProblemSummary problems={problems.problems} tries={problems.tries} />
      <Refusal error={setting.error} />
      <input type="hidden" name="username" autoComplete="username" value={offer.email ?? ''} readOnly />
      <TextField
        name="password"
        type="password"
        label={t`New password`}
        hint={t`At least 12 characters. A few words that only you would put together are good.`}
        value={password}
        onChange={typePassword}
        error={problems.of('password')}
        autoComplete="new-password"
        maxLength={256}
      />
      <AppCode {...offer.totp} code={code} onCode={typeCode} error={problems.of('app-code')} />
      <BusyButton type="submit" busy={setting.isPending}>
        <Trans>Finish</Trans>
      </BusyButton>
    </form>
  )
}
