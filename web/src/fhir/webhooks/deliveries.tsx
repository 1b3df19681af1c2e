/** The latest messages to one system: whether each arrived, why not, and sending again: one, or those of some days. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { listDeliveries, sendAgain } from '../../../../server/fhir/webhooks/contract.ts'
import { asking, call } from '../../call.ts'
import css from '../../people/staff/staff.module.css'
import { BusyButton } from '../../ui/busy-button.tsx'
import { Hidden } from '../../ui/hidden.tsx'
import { Tag } from '../../ui/lists.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { Replay } from './replay.tsx'
import { useMoment } from '../use-moment.ts'
import type { Webhook } from './webhook-card.tsx'
import { causeOf, eventWords, stateWords, type Delivery } from './webhook-words.ts'

export function Deliveries({ webhook: { id, name, endedAt } }: { webhook: Webhook }) {
  const { t } = useLingui()
  const asked = useQuery(asking(listDeliveries, { path: { id } }))
  const refresh = () => asked.refetch()
  if (asked.error) return <Refusal error={asked.error} onAgain={() => void refresh()} />
  if (!asked.data) return <Loading />
  const { deliveries } = asked.data
  if (deliveries.length === 0)
    return (
      <p className={css.soft}>
        <Trans>Nothing was sent yet.</Trans>
      </p>
    )
  return (
    <div className={css.change}>
      {endedAt === null && <Replay id={id} onSent={refresh} />}
      <ul className={css.roles} aria-label={t`Messages to ${name}`}>
        {deliveries.map((delivery) => (
          <Message key={delivery.id} delivery={delivery} isOpen={endedAt === null} refresh={refresh} />
        ))}
      </ul>
    </div>
  )
}

interface MessageProps {
  delivery: Delivery
  isOpen: boolean
  refresh: () => Promise<unknown>
}

function Message({ delivery, isOpen, refresh }: MessageProps) {
  const { i18n } = useLingui()
  const moment = useMoment()
  const { id, event, happenedAt, state, tries, cause, nextTryAt } = delivery
  const sending = useMutation({
    networkMode: 'always',
    mutationFn: () => call(sendAgain, { path: { id } }),
    onSuccess: refresh,
  })
  const words = eventWords[event]
  const when = moment(happenedAt)
  return (
    <li className={css.role}>
      <span>
        <Tag tone={state === 'given_up' ? 'warn' : 'plain'}>{i18n._(stateWords[state])}</Tag>{' '}
        {words ? i18n._(words) : event}
        <span className={css.hint}>
          {when}
          {state !== 'delivered' && cause !== null && (
            <>
              {' · '}
              {i18n._(causeOf(cause))}
            </>
          )}
          {tries > 1 && (
            <>
              {' · '}
              <Trans>{tries} tries</Trans>
            </>
          )}
          {state === 'waiting' && tries > 0 && nextTryAt !== null && (
            <>
              {' · '}
              <Trans>next try {moment(nextTryAt)}</Trans>
            </>
          )}
        </span>
        <Refusal error={sending.error} />
      </span>
      {isOpen && (
        <BusyButton variant="default" size="sm" busy={sending.isPending} onClick={() => sending.mutate()}>
          <Trans>Send again</Trans>
          <Hidden> {when}</Hidden>
        </BusyButton>
      )}
    </li>
  )
}
