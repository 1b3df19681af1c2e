/** One record that opens to those who care: who is named to, and the marks that close it to everybody else. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { showCareTeam } from '../../../../server/people/break-glass/contract.ts'
import { asking } from '../../call.ts'
import { useSession } from '../../people/session.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { Row, Stack } from '../../ui/layout.tsx'
import { Page } from '../../ui/page.tsx'
import { CareTeam } from './care-team.tsx'
import { Marks } from './marks.tsx'
import { OfficerPage } from './officer-page.tsx'
import { PersonSearch } from './person-search.tsx'
import { PatientName } from './who.tsx'

export function Screen() {
  const { t } = useLingui()
  const go = useNavigate()
  const { patientId } = useSearch({ from: '/work/account-words/officer/closed' })
  if (patientId === undefined)
    return (
      <Page
        title={t`Closed records`}
        lead={t`Choose a patient to name who cares for them, or to mark the record so that everybody else needs a reason to open it.`}
        width="wide"
      >
        <PersonSearch
          label={t`Patient`}
          onPatient={({ id }) => void go({ to: '/officer/closed', search: { patientId: id } })}
        />
      </Page>
    )
  return <OfPatient key={patientId} patientId={patientId} />
}

function OfPatient({ patientId }: { patientId: string }) {
  const { t } = useLingui()
  const role = useSession()?.role
  const asked = useQuery(asking(showCareTeam, { path: { id: patientId } }))
  const refresh = () => asked.refetch()
  return (
    <OfficerPage title={t`Closed records`} asked={asked}>
      {({ patient, team, flags }) => (
        <Stack>
          <p>
            <PatientName patient={patient} />
          </p>
          <Marks patientId={patientId} flags={flags} refresh={refresh} />
          <CareTeam patientId={patientId} team={team} manages={role === 'practice_admin'} refresh={refresh} />
          <Row>
            <ButtonLink to="/officer/closed" search={{}} variant="default">
              <Trans>Choose somebody else</Trans>
            </ButtonLink>
          </Row>
        </Stack>
      )}
    </OfficerPage>
  )
}
