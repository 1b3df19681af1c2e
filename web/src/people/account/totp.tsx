/** The authenticator app: a second factor beside the password. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { removeTotp, setTotp, startTotp } from '../../../../server/people/account/contract.ts'
import { call } from '../../call.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { Card } from '../../ui/card.tsx'
import { useProblems } from '../../ui/problems.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { AppCode } from '../app-code.tsx'
import type { PartProps } from './passkeys.tsx'
import css from './account.module.css'

export function Totp({ account, guarded, refresh }: PartProps) {
  const { t } = useLingui()
  const problems = useProblems()
  const [code, type] = useState('')
  const starting = useMutation({ mutationFn: () => guarded(() => call(startTotp, { body: {} })) })
  const setting = useMutation({
    mutationFn: (digits: string) => call(setTotp, { body: { step: starting.data?.step ?? '', code: digits } }),
    onSuccess() {
      starting.reset()
      refresh()
    },
  })
  const removing = useMutation({
    mutationFn: () => guarded(() => call(removeTotp, { body: {} })),
    onSuccess: refresh,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const digits = code.replace(/\D/g, '')
    if (problems.report(digits.length === 6 ? [] : [{ field: 'app-code', text: t`Type the six digits of the code` }]))
      setting.mutate(digits)
  }
  return (
    <Card as="section" aria-labelledby="totp">
      <h2 id="totp">
        <Trans>Authenticator app</Trans>
      </h2>
      <Refusal error={starting.error ?? setting.error ?? removing.error} />
      {starting.data ? (
        <form onSubmit={submit} noValidate className={css.form}>
          <AppCode {...starting.data} code={code} onCode={type} error={problems.of('app-code')} />
          <BusyButton type="submit" size="sm" busy={setting.isPending}>
            <Trans>Turn it on</Trans>
          </BusyButton>
        </form>
      ) : account.totp ? (
        <>
          <p className={css.soft}>
            <Trans>On: signing in with your password asks for a code from it.</Trans>
          </p>
          <BusyButton size="sm" variant="default" busy={removing.isPending} onClick={() => removing.mutate()}>
            <Trans>Turn it off</Trans>
          </BusyButton>
        </>
      ) : (
        <>
          <p className={css.soft}>
            <Trans>Off. With it, a stolen password alone opens nothing.</Trans>
          </p>
          <BusyButton size="sm" variant="default" busy={starting.isPending} onClick={() => starting.mutate()}>
            <Trans>Set it up</Trans>
          </BusyButton>
        </>
      )}
    </Card>
  )
}
