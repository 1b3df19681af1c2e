/** Other systems that are told of visits: added, watched, sent to again, ended. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listWebhooks } from '../../../../server/fhir/webhooks/contract.ts'
import { asking } from '../../call.ts'
import { StaffPage } from '../../people/staff/staff-page.tsx'
import css from '../../people/staff/staff.module.css'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Stack } from '../../ui/layout.tsx'
import { Notice } from '../../ui/notice.tsx'
import { AddWebhook } from './add-webhook.tsx'
import { SecretShown, type Secret } from './secret-shown.tsx'
import { WebhookCard, type Webhook } from './webhook-card.tsx'

export function Screen() {
  const { t } = useLingui()
  const asked = useQuery(asking(listWebhooks))
  return (
    <StaffPage
      title={t`Webhooks`}
      lead={t`Other systems that are told when a visit is booked, moved or cancelled. They get ids and times, never who the patient is.`}
      asked={asked}
    >
      {({ webhooks }) => <Webhooks webhooks={webhooks} refresh={() => asked.refetch()} />}
    </StaffPage>
  )
}

function Webhooks({ webhooks, refresh }: { webhooks: readonly Webhook[]; refresh: () => Promise<unknown> }) {
  const { t } = useLingui()
  const [adding, add] = useState(false)
  // Above the list, so that a list that is read anew does not take it away.
  const [secret, show] = useState<Secret>()
  const shown = (next: Secret) => {
    show(next)
    add(false)
    void refresh()
  }
  const told = webhooks.filter(({ endedAt }) => endedAt === null)
  const ended = webhooks.filter(({ endedAt }) => endedAt !== null)
  const fell = ended.filter(({ endCause }) => endCause === 'failing')
  return (
    <Stack>
      {fell.length > 0 && (
        <Notice tone="warn" title={t`Ended by itself: ${fell.map(({ name }) => name).join(', ')}`}>
          <Trans>Nothing arrived there for five days. Put the receiver right, then add it again.</Trans>
        </Notice>
      )}
      {secret && <SecretShown secret={secret} onKept={() => show(undefined)} />}
      {!adding && (
        <div>
          <Button onClick={() => add(true)}>
            <Trans>Add a webhook</Trans>
          </Button>
        </div>
      )}
      {adding && <AddWebhook onAdded={shown} onLeft={() => add(false)} />}
      {told.length === 0 && !adding && (
        <Empty icon="info" title={t`No other system is told of visits`}>
          <p>
            <Trans>Add one to keep another program, such as a CRM, in step with the schedule.</Trans>
          </p>
        </Empty>
      )}
      <ul className={css.list} aria-label={t`Webhooks`}>
        {told.map((webhook) => (
          <WebhookCard key={webhook.id} webhook={webhook} refresh={refresh} onSecret={shown} />
        ))}
      </ul>
      {ended.length > 0 && (
        <details className={css.folded}>
          <summary>
            <Trans>Ended ({ended.length})</Trans>
          </summary>
          <ul className={css.list} aria-label={t`Ended`}>
            {ended.map((webhook) => (
              <WebhookCard key={webhook.id} webhook={webhook} refresh={refresh} onSecret={shown} />
            ))}
          </ul>
        </details>
      )}
    </Stack>
  )
}
