/** Booked: what, when and where, what comes next, and the way to change it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { ButtonLink } from '../../ui/button-link.tsx'
import { Card } from '../../ui/card.tsx'
import { Row, Stack } from '../../ui/layout.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { ChangePolicy, VisitFacts } from '../visit/facts.tsx'
import { AddToCalendar, VisitGuide } from '../visit/guide.tsx'
import type { Booking } from './book.tsx'
import type { Booked } from './draft.ts'
import css from '../visit/visit.module.css'

export function Done({ draft: { booked } }: Booking) {
  const { t } = useLingui()
  if (!booked) return null
  const { appointment: visit, token, goesTo } = booked
  return (
    <Page title={t`Your visit is booked`}>
      <Stack>
        <Notice tone="good" title={t`See you then, ${visit.patientFirstName}`}>
          <p>
            <Next goesTo={goesTo} />
          </p>
        </Notice>
        <Card>
          <VisitFacts visit={visit} full />
          <Row apart>
            <AddToCalendar visit={visit} />
            {token && (
              <ButtonLink to="/visit" hash={token} variant="default">
                <Trans>Move or cancel</Trans>
              </ButtonLink>
            )}
          </Row>
          <p className={css.policy}>
            <ChangePolicy startsAt={visit.startsAt} zone={visit.place.zone} cutoffMinutes={visit.cancelCutoffMinutes} />
          </p>
        </Card>
        <VisitGuide visit={visit} />
        <p>
          <Link to="/">
            <Trans>Book another visit</Trans>
          </Link>
        </p>
      </Stack>
    </Page>
  )
}

function Next({ goesTo }: { goesTo: Booked['goesTo'] }) {
  if (goesTo === 'call') return <Trans>We will call your landline to confirm. You do not have to do anything.</Trans>
  if (goesTo === 'text') return <Trans>We sent you a text with all of this and a link to change it.</Trans>
  return <Trans>We sent you an email with all of this and a link to change it.</Trans>
}
