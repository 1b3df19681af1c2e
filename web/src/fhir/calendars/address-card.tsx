/** One calendar address that is open: since when, and its end or another in its place. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { endFeed, renewFeed, type listFeeds } from '../../../../server/fhir/calendar-feed/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { call } from '../../call.ts'
import css from '../../people/staff/staff.module.css'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Hidden } from '../../ui/hidden.tsx'
import { Row } from '../../ui/layout.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { useMoment } from '../use-moment.ts'
import type { Address } from './address-shown.tsx'

interface AddressCardProps {
  feed: Reply<typeof listFeeds>['feeds'][number]
  onRenewed: (address: Address) => void
  onEnded: () => Promise<unknown>
}

export function AddressCard({ feed: { id, clinician, madeAt }, onRenewed, onEnded }: AddressCardProps) {
  const { t } = useLingui()
  const moment = useMoment()
  const [asks, ask] = useState<'renew' | 'end'>()
  const settled = { networkMode: 'always', onSettled: () => ask(undefined) } as const
  const renewing = useMutation({
    ...settled,
    mutationFn: () => call(renewFeed, { path: { id } }),
    onSuccess: (made) => onRenewed({ ...made, clinician }),
  })
  const ending = useMutation({ ...settled, mutationFn: () => call(endFeed, { path: { id } }), onSuccess: onEnded })
  const made = moment(madeAt)
  return (
    <Card as="li" aria-labelledby={`address-${id}`}>
      <h3 id={`address-${id}`} className={css.name}>
        {clinician}
      </h3>
      <p className={css.soft}>
        <Trans>Made on {made}</Trans>
      </p>
      <Refusal error={renewing.error ?? ending.error} />
      <Row apart>
        <Button variant="default" size="sm" onClick={() => ask('renew')}>
          <Trans>Renew it</Trans>
          <Hidden>
            {' '}
            {clinician}, {made}
          </Hidden>
        </Button>
        <Button variant="danger" size="sm" onClick={() => ask('end')}>
          <Trans>End it</Trans>
          <Hidden>
            {' '}
            {clinician}, {made}
          </Hidden>
        </Button>
      </Row>
      <Confirm
        open={asks === 'renew'}
        title={t`A new address in place of this one?`}
        yes={t`Make a new address`}
        no={t`Leave it as it is`}
        busy={renewing.isPending}
        onYes={() => renewing.mutate()}
        onNo={() => ask(undefined)}
      >
        <p>
          <Trans>The one you have stops at once. Put the new one into each of your calendar programs.</Trans>
        </p>
      </Confirm>
      <Confirm
        open={asks === 'end'}
        danger
        title={t`End this address?`}
        yes={t`End it`}
        no={t`Keep it`}
        busy={ending.isPending}
        onYes={() => ending.mutate()}
        onNo={() => ask(undefined)}
      >
        <p>
          <Trans>
            Your calendar program gets nothing more from it. It may keep what it has read until you remove it there.
          </Trans>
        </p>
      </Confirm>
    </Card>
  )
}
