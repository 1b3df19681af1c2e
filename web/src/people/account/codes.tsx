/** Recovery codes: how many are left, and ten new ones. */
import { Plural, Trans } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { makeRecoveryCodes } from '../../../../server/people/account/contract.ts'
import { call } from '../../call.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { Card } from '../../ui/card.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { RecoveryCodes } from '../recovery-codes.tsx'
import type { PartProps } from './passkeys.tsx'
import css from './account.module.css'

export function Codes({ account, guarded, refresh }: PartProps) {
  const making = useMutation({
    mutationFn: () => guarded(() => call(makeRecoveryCodes, { body: {} })),
    onSuccess: refresh,
  })
  if (making.data)
    return (
      <Card>
        <RecoveryCodes codes={making.data.codes} onKept={() => making.reset()} />
      </Card>
    )
  return (
    <Card as="section" aria-labelledby="codes">
      <h2 id="codes">
        <Trans>Recovery codes</Trans>
      </h2>
      <Refusal error={making.error} />
      <p className={css.soft}>
        <Plural value={account.recoveryCodesLeft} _0="None left." one="# is left." other="# are left." />
      </p>
      <BusyButton size="sm" variant="default" busy={making.isPending} onClick={() => making.mutate()}>
        <Trans>Make ten new codes</Trans>
      </BusyButton>
    </Card>
  )
}
