/** One system that is told of visits: whether it arrives, and what can be done about it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { endWebhook, rotateWebhook, type listWebhooks } from '../../../../server/fhir/webhooks/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { call } from '../../call.ts'
import css from '../../people/staff/staff.module.css'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Hidden } from '../../ui/hidden.tsx'
import { Row } from '../../ui/layout.tsx'
import { FactList, Tag } from '../../ui/lists.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { Deliveries } from './deliveries.tsx'
import type { Secret } from './secret-shown.tsx'
import { useMoment } from '../use-moment.ts'
import { eventWords } from './webhook-words.ts'

export type Webhook = Reply<typeof listWebhooks>['webhooks'][number]

interface WebhookCardProps {
  webhook: Webhook
  refresh: () => Promise<unknown>
  onSecret: (secret: Secret) => void
}

export function WebhookCard({ webhook, ...deeds }: WebhookCardProps) {
  const { t, i18n } = useLingui()
  const moment = useMoment()
  const [open, unfold] = useState(false)
  const { id, name, url, events, madeAt, endedAt } = webhook
  const words = events.map((event) => (eventWords[event] ? i18n._(eventWords[event]) : event))
  const facts = [
    { name: t`Where it listens`, value: <span className={css.name}>{url}</span> },
    { name: t`What it is told`, value: words.join(', ') },
    { name: t`Since`, value: moment(madeAt) },
  ]
  return (
    <Card as="li" aria-labelledby={`webhook-${id}`}>
      <div className={css.head}>
        <h2 id={`webhook-${id}`} className={css.name}>
          {name}
        </h2>
        <State {...webhook} />
      </div>
      <FactList facts={facts} />
      <Row apart>
        <Button variant="default" size="sm" aria-expanded={open} onClick={() => unfold(!open)}>
          {open ? <Trans>Hide the messages</Trans> : <Trans>Show the messages</Trans>}
          <Hidden> {name}</Hidden>
        </Button>
        {endedAt === null && <Deeds webhook={webhook} {...deeds} />}
      </Row>
      {open && (
        <div className={css.under}>
          <Deliveries webhook={webhook} />
        </div>
      )}
    </Card>
  )
}

function State({ failingSince, endedAt, endCause }: Webhook) {
  const moment = useMoment()
  if (endedAt !== null)
    return (
      <Tag tone={endCause === 'failing' ? 'warn' : 'plain'}>
        {endCause === 'failing' ? (
          <Trans>Ended by itself on {moment(endedAt)}: nothing arrived for five days</Trans>
        ) : (
          <Trans>Ended on {moment(endedAt)}</Trans>
        )}
      </Tag>
    )
  if (failingSince === null) return null
  return (
    <Tag tone="warn">
      <Trans>Nothing arrives since {moment(failingSince)}</Trans>
    </Tag>
  )
}

function Deeds({ webhook: { id, name }, refresh, onSecret }: WebhookCardProps) {
  const { t } = useLingui()
  const [asks, ask] = useState<'rotate' | 'end'>()
  const settled = { networkMode: 'always', onSettled: () => ask(undefined) } as const
  const rotating = useMutation({
    ...settled,
    mutationFn: () => call(rotateWebhook, { path: { id } }),
    onSuccess: ({ secret }) => onSecret({ name, secret }),
  })
  const ending = useMutation({ ...settled, mutationFn: () => call(endWebhook, { path: { id } }), onSuccess: refresh })
  return (
    <>
      <Button variant="default" size="sm" onClick={() => ask('rotate')}>
        <Trans>New secret</Trans>
        <Hidden> {name}</Hidden>
      </Button>
      <Button variant="danger" size="sm" onClick={() => ask('end')}>
        <Trans>End it</Trans>
        <Hidden> {name}</Hidden>
      </Button>
      <Refusal error={rotating.error ?? ending.error} />
      <Confirm
        open={asks === 'rotate'}
        title={t`A new secret for ${name}?`}
        yes={t`Make a new secret`}
        no={t`Leave it as it is`}
        busy={rotating.isPending}
        onYes={() => rotating.mutate()}
        onNo={() => ask(undefined)}
      >
        <p>
          <Trans>
            For a day, messages are signed with the old one as well. Give the new one to the receiver today.
          </Trans>
        </p>
      </Confirm>
      <Confirm
        open={asks === 'end'}
        danger
        title={t`Tell ${name} nothing more?`}
        yes={t`End it`}
        no={t`Keep it`}
        busy={ending.isPending}
        onYes={() => ending.mutate()}
        onNo={() => ask(undefined)}
      >
        <p>
          <Trans>What still waits is not sent. It cannot be opened again: add it anew instead.</Trans>
        </p>
      </Confirm>
    </>
  )
}
