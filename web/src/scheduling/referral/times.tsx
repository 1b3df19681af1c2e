/** The times of one visit that a referral allows, by day; one is chosen, looked at once more, and booked. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { bookAppointment } from '../../../../server/scheduling/contract.ts'
import { listReferralOpenings } from '../../../../server/scheduling/referrals/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { asking, call, Refused } from '../../call.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Row } from '../../ui/layout.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { TimeGrid } from '../../ui/time-grid.tsx'
import { clock, dayName, dayOf, zoneName } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import type { Opened } from './referral.tsx'

interface TimesProps {
  one: Opened['offered'][number]
  /** Nothing else can be chosen: then it is named here. */
  alone: boolean
  token: string
  onBooked: (booked: Reply<typeof bookAppointment>) => void
  onOver: () => void
}

/** So many days are shown at once. */
const mostDays = 5

export function Times({ one, alone, token, onBooked, onOver }: TimesProps) {
  const { t } = useLingui()
  const language = useLanguage()
  const { offering, clinician, place } = one
  const [from, goTo] = useState<string>()
  const [startsAt, pick] = useState<string>()
  const [key] = useState(() => crypto.randomUUID())
  const body = { token, offeringId: offering.id, ...(from && { from }) }
  const openings = useQuery({ ...asking(listReferralOpenings, { body }), retry: false })
  const booking = useMutation({
    mutationFn: (time: string) =>
      call(
        bookAppointment,
        { body: { offeringId: offering.id, startsAt: time, referral: token, language } },
        { idempotencyKey: `${key}.${time.replaceAll(/\W/g, '')}` },
      ),
    onSuccess: onBooked,
    onError: (error) => {
      if (!(error instanceof Refused)) return
      pick(undefined)
      void openings.refetch()
      if (error.code === 'referral_used') onOver()
    },
  })
  const days = openings.data?.days ?? []
  const shown = days.slice(0, mostDays)
  const next = days[mostDays]?.day ?? openings.data?.nextDay ?? undefined
  if (startsAt !== undefined)
    return (
      <Card as="section" aria-labelledby="chosen">
        <h2 id="chosen">
          {dayName(dayOf(startsAt, place.zone), language)}, {clock(startsAt, place.zone, language)}{' '}
          {zoneName(startsAt, place.zone, language)}
        </h2>
        <p>
          {offering.visitType.name} · {clinician.name} · {place.name}
        </p>
        <Row>
          <BusyButton busy={booking.isPending} onClick={() => booking.mutate(startsAt)}>
            <Trans>Book this time</Trans>
          </BusyButton>
          <Button variant="default" onClick={() => pick(undefined)}>
            <Trans>Another time</Trans>
          </Button>
        </Row>
      </Card>
    )
  return (
    <section aria-label={t`Times`} aria-busy={openings.isPending}>
      {alone && (
        <p>
          <strong>{offering.visitType.name}</strong> · {clinician.name} · {place.name}
        </p>
      )}
      <Refusal error={booking.error ?? openings.error} onAgain={() => void openings.refetch()} />
      {openings.isPending && <Loading cards={2} />}
      {openings.data && shown.length === 0 && (
        <Notice tone="warn">
          <Trans>No time is left that this referral allows. Call us and we will find one.</Trans>
        </Notice>
      )}
      {shown.map(({ day, openings: times }) => (
        <div key={day}>
          <h2>{dayName(day, language)}</h2>
          <TimeGrid times={times} zone={place.zone} label={t`Times on ${dayName(day, language)}`} onPick={pick} />
        </div>
      ))}
      <Row apart>
        {from && (
          <Button variant="default" onClick={() => goTo(undefined)}>
            <Trans>First days</Trans>
          </Button>
        )}
        {next && shown.length > 0 && (
          <Button variant="default" onClick={() => goTo(next)}>
            <Trans>Later days</Trans>
          </Button>
        )}
      </Row>
    </section>
  )
}
