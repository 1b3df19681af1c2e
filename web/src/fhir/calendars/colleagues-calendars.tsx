/** Calendar addresses of colleagues, for the administrator: a lost telephone is one that somebody else may read. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { endColleaguesFeed, listColleaguesFeeds } from '../../../../server/fhir/calendar-feed/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { asking, call } from '../../call.ts'
import { StaffPage } from '../../people/staff/staff-page.tsx'
import css from '../../people/staff/staff.module.css'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Hidden } from '../../ui/hidden.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { useMoment } from '../use-moment.ts'

type Feed = Reply<typeof listColleaguesFeeds>['feeds'][number]

export function Screen() {
  const { t } = useLingui()
  const asked = useQuery(asking(listColleaguesFeeds))
  return (
    <StaffPage
      title={t`Calendar addresses`}
      lead={t`Clinicians read their visits in their own calendar programs by these. They tell when and where, never whom.`}
      asked={asked}
    >
      {({ feeds }) =>
        feeds.length === 0 ? (
          <Empty icon="info" title={t`No calendar address is open`}>
            <p>
              <Trans>When a clinician makes one, it is here, and you can end it.</Trans>
            </p>
          </Empty>
        ) : (
          <ul className={css.list} aria-label={t`Calendar addresses`}>
            {feeds.map((feed) => (
              <One key={feed.id} feed={feed} refresh={() => asked.refetch()} />
            ))}
          </ul>
        )
      }
    </StaffPage>
  )
}

function One({ feed: { id, colleague, clinician, madeAt }, refresh }: { feed: Feed; refresh: () => Promise<unknown> }) {
  const { t } = useLingui()
  const moment = useMoment()
  const [isAsked, ask] = useState(false)
  const ending = useMutation({
    networkMode: 'always',
    mutationFn: () => call(endColleaguesFeed, { path: { id } }),
    onSuccess: refresh,
    onSettled: () => ask(false),
  })
  const made = moment(madeAt)
  return (
    <Card as="li" aria-labelledby={`address-${id}`}>
      <h2 id={`address-${id}`} className={css.name}>
        {colleague}
      </h2>
      <p className={css.soft}>
        <Trans>
          Visits of {clinician} · made on {made}
        </Trans>
      </p>
      <Refusal error={ending.error} />
      <Button variant="danger" size="sm" onClick={() => ask(true)}>
        <Trans>End it</Trans>
        <Hidden>
          {' '}
          {colleague}, {made}
        </Hidden>
      </Button>
      <Confirm
        open={isAsked}
        danger
        title={t`End the calendar address of ${colleague}?`}
        yes={t`End it`}
        no={t`Keep it`}
        busy={ending.isPending}
        onYes={() => ending.mutate()}
        onNo={() => ask(false)}
      >
        <p>
          <Trans>Nobody reads the visits by it from now on. {colleague} can make another.</Trans>
        </p>
      </Confirm>
    </Card>
  )
}
