/** Legal holds, and the records whose time to be kept is over: what is held is not let go. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { endHold, listHolds } from '../../../../server/privacy/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { asking, call } from '../../call.ts'
import { useClinic } from '../../people/clinic.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Stack } from '../../ui/layout.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { dateName, dayOf } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import css from './officer.module.css'
import { OfficerPage } from './officer-page.tsx'
import { PlaceHold } from './place-hold.tsx'
import { Retention } from './retention.tsx'
import { PatientName } from './who.tsx'

type Hold = Reply<typeof listHolds>['holds'][number]

export function Screen() {
  const { t } = useLingui()
  const queries = useQueryClient()
  const asked = useQuery(asking(listHolds))
  const again = () => queries.invalidateQueries()
  return (
    <OfficerPage title={t`Legal holds`} lead={t`While a hold lasts, nothing it covers is let go.`} asked={asked}>
      {({ holds }) => (
        <Stack>
          {holds.length === 0 && (
            <Empty icon="info" title={t`There are no holds`}>
              <p>
                <Trans>Place one below when a court or an authority asks for it.</Trans>
              </p>
            </Empty>
          )}
          {holds.map((hold) => (
            <OneHold key={hold.id} hold={hold} onEnded={again} />
          ))}
          <PlaceHold onPlaced={again} />
          <Retention />
        </Stack>
      )}
    </OfficerPage>
  )
}

function OneHold({ hold, onEnded }: { hold: Hold; onEnded: () => Promise<unknown> }) {
  const { t } = useLingui()
  const language = useLanguage()
  const { zone } = useClinic()
  const [isAsked, ask] = useState(false)
  const { id, patientId, placedAt, endedAt } = hold
  const ending = useMutation({
    // Without the network it is refused at once, not sent some time later.
    networkMode: 'always',
    mutationFn: () => call(endHold, { path: { id } }),
    onSuccess: onEnded,
    onSettled: () => ask(false),
  })
  const placed = dateName(dayOf(placedAt, zone), language)
  const ended = endedAt && dateName(dayOf(endedAt, zone), language)
  return (
    <Card as="section" aria-labelledby={`hold-${id}`}>
      <h2 id={`hold-${id}`} className={css.title}>
        {patientId === null ? <Trans>Every record</Trans> : <PatientName patient={hold.patient} />}
      </h2>
      <p className={css.said}>{hold.reason}</p>
      <p className={css.soft}>
        <Trans>Placed on {placed}</Trans>
        {ended && (
          <>
            {' · '}
            <Trans>Ended on {ended}</Trans>
          </>
        )}
      </p>
      <Refusal error={ending.error} />
      {endedAt === null && (
        <Button variant="default" onClick={() => ask(true)}>
          <Trans>End this hold</Trans>
        </Button>
      )}
      <Confirm
        open={isAsked}
        danger
        title={t`End this hold?`}
        yes={t`End the hold`}
        no={t`Keep it`}
        busy={ending.isPending}
        onYes={() => ending.mutate()}
        onNo={() => ask(false)}
      >
        <p>
          <Trans>What it covers may be let go once its time is over.</Trans>
        </p>
      </Confirm>
    </Card>
  )
}
