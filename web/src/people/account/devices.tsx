/** Where the account is signed in; any of them can be signed out from here. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { endDevice, listDevices, signOutEverywhere } from '../../../../server/people/account/contract.ts'
import { asking, call } from '../../call.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Tag } from '../../ui/lists.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { roleWords } from '../roles.ts'
import type { PartProps } from './passkeys.tsx'
import { Since } from './since.tsx'
import css from './account.module.css'

export function Devices({ guarded }: PartProps) {
  const { t, i18n } = useLingui()
  const devices = useQuery(asking(listDevices))
  const onSuccess = () => void devices.refetch()
  const ending = useMutation({
    mutationFn: (id: string) => guarded(() => call(endDevice, { path: { id }, body: {} })),
    onSuccess,
  })
  const endingAll = useMutation({ mutationFn: () => guarded(() => call(signOutEverywhere, { body: {} })), onSuccess })
  const list = devices.data?.devices ?? []
  return (
    <Card as="section" aria-labelledby="devices">
      <h2 id="devices">
        <Trans>Where you are signed in</Trans>
      </h2>
      <Refusal error={devices.error ?? ending.error ?? endingAll.error} />
      <ul className={css.list}>
        {list.map(({ id, device, role, seenAt, thisOne }) => (
          <li key={id}>
            <span>
              <strong>{device}</strong> {thisOne && <Tag tone="good">{t`This device`}</Tag>}
              <span className={css.soft}>
                {roleWords[role] && i18n._(roleWords[role])}
                {', '}
                <Trans>
                  last used <Since at={seenAt} />
                </Trans>
              </span>
            </span>
            {!thisOne && (
              <Button
                size="sm"
                variant="subtle"
                aria-label={t`Sign out on ${device}`}
                onClick={() => ending.mutate(id)}
              >
                <Trans>Sign out</Trans>
              </Button>
            )}
          </li>
        ))}
      </ul>
      {list.length > 1 && (
        <BusyButton size="sm" variant="default" busy={endingAll.isPending} onClick={() => endingAll.mutate()}>
          <Trans>Sign out everywhere else</Trans>
        </BusyButton>
      )}
    </Card>
  )
}
