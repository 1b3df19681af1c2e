/** The visit that a referral asked for is booked. */
import { Trans, useLingui } from '@lingui/react/macro'
import type { bookAppointment } from '../../../../server/scheduling/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { Card } from '../../ui/card.tsx'
import { Row, Stack } from '../../ui/layout.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { VisitFacts } from '../visit/facts.tsx'
import { AddToCalendar, VisitGuide } from '../visit/guide.tsx'

export function Booked({ booked: { appointment: visit, visitLink } }: { booked: Reply<typeof bookAppointment> }) {
  const { t } = useLingui()
  return (
    <Page title={t`Your visit is booked`}>
      <Stack>
        <Notice tone="good" title={t`See you then, ${visit.patientFirstName}`}>
          <p>
            <Trans>We sent you a message with all of this and a link to change it.</Trans>
          </p>
        </Notice>
        <Card>
          <VisitFacts visit={visit} full />
          <Row apart>
            <AddToCalendar visit={visit} />
            {visitLink && (
              <ButtonLink to="/visit" hash={visitLink} variant="default">
                <Trans>Move or cancel</Trans>
              </ButtonLink>
            )}
          </Row>
        </Card>
        <VisitGuide visit={visit} />
      </Stack>
    </Page>
  )
}
