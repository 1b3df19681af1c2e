/** What was given to others about a patient: recorded, and listed for the accounting over six years. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { listDisclosures } from '../../../../server/privacy/contract.ts'
import { asking } from '../../call.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { Card } from '../../ui/card.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Row, Stack } from '../../ui/layout.tsx'
import { FactList } from '../../ui/lists.tsx'
import { Page } from '../../ui/page.tsx'
import { dateName } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import { disclosureWords } from '../deed-words.ts'
import css from './officer.module.css'
import { OfficerPage } from './officer-page.tsx'
import { PersonSearch } from './person-search.tsx'
import { RecordDisclosure } from './record-disclosure.tsx'
import { PatientName } from './who.tsx'

export function Screen() {
  const { t } = useLingui()
  const go = useNavigate()
  const { patientId } = useSearch({ from: '/work/account-words/officer/disclosures' })
  if (patientId === undefined)
    return (
      <Page
        title={t`Disclosures`}
        lead={t`Choose a patient to record what was given to others, or to list it.`}
        width="wide"
      >
        <PersonSearch
          label={t`Patient`}
          onPatient={({ id }) => void go({ to: '/officer/disclosures', search: { patientId: id } })}
        />
      </Page>
    )
  return <OfPatient key={patientId} patientId={patientId} />
}

function OfPatient({ patientId }: { patientId: string }) {
  const { t, i18n } = useLingui()
  const language = useLanguage()
  const asked = useQuery(asking(listDisclosures, { path: { id: patientId } }))
  return (
    <OfficerPage title={t`Disclosures`} lead={t`Those of the last six years, the newest first.`} asked={asked}>
      {({ patient, disclosures }) => (
        <Stack>
          <p>
            <PatientName patient={patient} />
          </p>
          {disclosures.length === 0 && (
            <Empty icon="info" title={t`Nothing was given to others`}>
              <p>
                <Trans>Record it below when it is.</Trans>
              </p>
            </Empty>
          )}
          {disclosures.map(({ id, disclosedOn, recipient, address, what, why }) => (
            <Card key={id} as="section" aria-labelledby={`disclosure-${id}`}>
              <h2 id={`disclosure-${id}`} className={css.title}>
                {dateName(disclosedOn, language)}
              </h2>
              <FactList
                facts={[
                  { name: t`Given to`, value: recipient },
                  ...(address === null ? [] : [{ name: t`Address`, value: address }]),
                  { name: t`What was given`, value: <span className={css.said}>{what}</span> },
                  { name: t`Why`, value: disclosureWords[why] ? i18n._(disclosureWords[why]) : why },
                ]}
              />
            </Card>
          ))}
          <RecordDisclosure patientId={patientId} onRecorded={() => asked.refetch()} />
          <Row>
            <ButtonLink to="/officer/disclosures" search={{}} variant="default">
              <Trans>Choose somebody else</Trans>
            </ButtonLink>
          </Row>
        </Stack>
      )}
    </OfficerPage>
  )
}
