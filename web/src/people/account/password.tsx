/** The password of the account: set or changed; the other devices are signed out with it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { setPassword } from '../../../../server/people/account/contract.ts'
import { call } from '../../call.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { TextField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useProblems } from '../../ui/problems.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import type { PartProps } from './passkeys.tsx'
import css from './account.module.css'

export function PasswordPart({ account, guarded, refresh }: PartProps) {
  const { t } = useLingui()
  const problems = useProblems()
  const [isOpen, open] = useState(false)
  const [password, type] = useState('')
  const setting = useMutation({
    mutationFn: () => guarded(() => call(setPassword, { body: { password } })),
    onSuccess() {
      open(false)
      type('')
      refresh()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (problems.report(password.length < 12 ? [{ field: 'new-password', text: t`Use at least 12 characters` }] : []))
      setting.mutate()
  }
  return (
    <Card as="section" aria-labelledby="password-part">
      <h2 id="password-part">
        <Trans>Password</Trans>
      </h2>
      <output>
        {setting.isSuccess && (
          <Notice tone="good">
            <p>
              <Trans>Your new password is set. Your other devices were signed out.</Trans>
            </p>
          </Notice>
        )}
      </output>
      {isOpen ? (
        <form onSubmit={submit} noValidate className={css.form}>
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
          <BusyButton type="submit" size="sm" busy={setting.isPending}>
            <Trans>Set the password</Trans>
          </BusyButton>
        </form>
      ) : (
        <>
          <p className={css.soft}>
            {account.password ? (
              <Trans>Your account has a password.</Trans>
            ) : (
              <Trans>Your account has no password.</Trans>
            )}
          </p>
          <Button size="sm" variant="default" onClick={() => open(true)}>
            {account.password ? <Trans>Change the password</Trans> : <Trans>Set a password</Trans>}
          </Button>
        </>
      )}
    </Card>
  )
}
