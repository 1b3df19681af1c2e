/** Step one: when. Choosing a time keeps it and goes on. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Link, useNavigate } from '@tanstack/react-router'
import { ClinicTime } from '../../ui/clinic-time.tsx'
import { Countdown } from '../../ui/countdown.tsx'
import { Stack } from '../../ui/layout.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { StepHeader } from '../../ui/step-header.tsx'
import { dayOf } from '../../ui/time.ts'
import { Openings } from '../find/openings.tsx'
import type { Booking } from './book.tsx'
import { stepsOf } from './steps.ts'

export function ChooseTime({ offered: { offering, clinician, place }, search, at, draft, hold }: Booking) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const { from, ...rest } = search
  const video = offering.mode === 'video'
  return (
    <Page
      title={t`Choose a time`}
      lead={
        <>
          {offering.visitType.name}, {clinician.name}, {video ? <Trans>by video</Trans> : place.name}
        </>
      }
      above={
        <StepHeader
          at={1}
          of={stepsOf(draft)}
          back={{ to: '/clinicians/$id', params: { id: clinician.id }, search: { offering: offering.id } }}
        />
      }
    >
      <Stack>
        {at && hold.held && (
          <Notice title={<ClinicTime at={at} zone={place.zone} video={video} />}>
            <Countdown until={hold.held.expiresAt} onEnd={hold.onEnd} onMark={hold.onMark} />
            <p>
              <Link to="/book" search={{ ...search, step: 'details' }}>
                <Trans>Go on with this time</Trans>
              </Link>
            </p>
          </Notice>
        )}
        <Openings
          offering={offering.id}
          zone={place.zone}
          from={from ?? (at ? dayOf(at, place.zone) : undefined)}
          onFrom={(day) =>
            void navigate({ to: '/book', search: { ...search, from: day }, replace: true, resetScroll: false })
          }
          linkOf={(instant) => ({ to: '/book', search: { ...rest, at: instant, step: 'details' } })}
        />
      </Stack>
    </Page>
  )
}
