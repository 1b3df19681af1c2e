/** The passkeys of the account: add one on this device, remove one that was lost. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import {
  addPasskey,
  removePasskey,
  startPasskey,
  type readAccount,
} from '../../../../server/people/account/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { call } from '../../call.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { deviceName, knowsPasskeys, makePasskey } from '../passkey.ts'
import type { Guarded } from './prove-again.tsx'
import { Since } from './since.tsx'
import css from './account.module.css'

export interface PartProps {
  account: Reply<typeof readAccount>
  guarded: Guarded
  refresh: () => void
}

export function Passkeys({ account, guarded, refresh }: PartProps) {
  const { t } = useLingui()
  const [leaving, leave] = useState<string>()
  const adding = useMutation({
    mutationFn: () =>
      guarded(async () => {
        const { step, options } = await call(startPasskey, { body: {} })
        const answer = await makePasskey(options)
        if (answer) await call(addPasskey, { body: { step, answer, label: deviceName() } })
      }),
    onSuccess: refresh,
  })
  const removing = useMutation({
    mutationFn: (id: string) => guarded(() => call(removePasskey, { path: { id }, body: {} })),
    onSuccess: refresh,
    onSettled: () => leave(undefined),
  })
  return (
    <Card as="section" aria-labelledby="passkeys">
      <h2 id="passkeys">
        <Trans>Passkeys</Trans>
      </h2>
      <Refusal error={adding.error ?? removing.error} />
      {account.passkeys.length === 0 && (
        <p className={css.soft}>
          <Trans>None yet. A passkey is the safest and quickest way in.</Trans>
        </p>
      )}
      <ul className={css.list}>
        {account.passkeys.map(({ id, label, createdAt, usedAt }) => (
          <li key={id}>
            <span>
              <strong>{label}</strong>
              <span className={css.soft}>
                <Trans>
                  made <Since at={createdAt} />
                </Trans>
                {usedAt && (
                  <>
                    {', '}
                    <Trans>
                      used <Since at={usedAt} />
                    </Trans>
                  </>
                )}
              </span>
            </span>
            <Button size="sm" variant="subtle" aria-label={t`Remove the passkey ${label}`} onClick={() => leave(id)}>
              <Trans>Remove</Trans>
            </Button>
          </li>
        ))}
      </ul>
      {knowsPasskeys() && (
        <BusyButton size="sm" busy={adding.isPending} onClick={() => adding.mutate()}>
          <Trans>Add a passkey on this device</Trans>
        </BusyButton>
      )}
      <Confirm
        open={leaving !== undefined}
        danger
        title={t`Remove this passkey?`}
        yes={t`Remove it`}
        no={t`Keep it`}
        busy={removing.isPending}
        onYes={() => leaving !== undefined && removing.mutate(leaving)}
        onNo={() => leave(undefined)}
      >
        <p>
          <Trans>It will not open your account any more.</Trans>
        </p>
      </Confirm>
    </Card>
  )
}
