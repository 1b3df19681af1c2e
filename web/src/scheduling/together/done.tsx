/** Booked: who comes when, what to bring, and where each visit is found again. */
import { Trans, useLingui } from '@lingui/react/macro'
import { ButtonLink } from '../../ui/button-link.tsx'
import { Card } from '../../ui/card.tsx'
import { Stack } from '../../ui/layout.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { AddToCalendar, VisitGuide } from '../visit/guide.tsx'
import { VisitFacts } from '../visit/facts.tsx'
import type { Together } from './together.tsx'

export function Done({ draft: { booked } }: Together) {
  const { t } = useLingui()
  const visits = booked?.appointments ?? []
  const [first] = visits
  if (!first) return null
  const names = visits.map(({ patientFirstName }) => patientFirstName).join(', ')
  return (
    <Page title={t`All ${visits.length} visits are booked`}>
      <Stack>
        <Notice tone="good" title={t`See you then: ${names}`}>
          <p>
            <Trans>Each of you gets a message with the visit and a link to change it.</Trans>
          </p>
        </Notice>
        {visits.map((visit) => (
          <Card as="section" key={visit.id} aria-label={visit.patientFirstName}>
            <h2>{visit.patientFirstName}</h2>
            <VisitFacts visit={visit} />
            <AddToCalendar visit={visit} />
          </Card>
        ))}
        <VisitGuide visit={first} />
        <p>
          <ButtonLink to="/me" variant="default">
            <Trans>My visits</Trans>
          </ButtonLink>
        </p>
      </Stack>
    </Page>
  )
}
