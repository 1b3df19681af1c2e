/** Who opened this chart, what did this person open: found by name, a month at a time, to print or take along as a file. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { readAccessLog } from '../../../../server/privacy/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { given } from '../../address.ts'
import { asking } from '../../call.ts'
import { Button } from '../../ui/button.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Row, Stack } from '../../ui/layout.tsx'
import { Page } from '../../ui/page.tsx'
import { LogDays, type Deed } from './log-days.tsx'
import { logFile } from './log-file.ts'
import css from './officer.module.css'
import { OfficerPage } from './officer-page.tsx'
import { PersonSearch } from './person-search.tsx'
import { PatientName } from './who.tsx'

/** Of both a patient and a person: what that person did to that record. */
export interface LogSearch {
  patientId?: string
  personId?: string
  before?: string
}

export function Screen() {
  const { t } = useLingui()
  const search = useSearch({ from: '/work/account-words/officer/log' })
  if (search.patientId === undefined && search.personId === undefined)
    return (
      <Page
        title={t`Access log`}
        lead={t`Choose a patient to see who opened the record, or a colleague to see what they opened.`}
        width="wide"
      >
        <Choose />
      </Page>
    )
  return <Log search={search} />
}

function Choose() {
  const { t } = useLingui()
  const go = useNavigate()
  const show = (search: LogSearch) => void go({ to: '/officer/log', search })
  return (
    <div className={css.screenOnly}>
      <PersonSearch
        label={t`Patient or colleague`}
        onPatient={({ id }) => show({ patientId: id })}
        onColleague={({ id }) => show({ personId: id })}
      />
    </div>
  )
}

function Log({ search }: { search: LogSearch }) {
  const { t } = useLingui()
  const { patientId, personId, before } = search
  const whose = given({ patientId, personId: patientId === undefined ? personId : undefined })
  const asked = useQuery(asking(readAccessLog, { query: { ...whose, ...given({ before }) } }))
  const both = patientId !== undefined && personId !== undefined
  return (
    <OfficerPage title={t`Access log`} asked={asked}>
      {({ of, deeds, earlier }) => {
        const shown = both ? deeds.filter(({ who }) => who.id === `person:${personId}`) : deeds
        return (
          <Stack>
            <p>
              <Whose of={of} />
            </p>
            {both && (
              <p>
                <Trans>Only what one person did is shown.</Trans>{' '}
                <Link to="/officer/log" search={{ patientId }}>
                  <Trans>Show everybody</Trans>
                </Link>
              </p>
            )}
            {shown.length === 0 && (
              <Empty title={t`Nothing was opened in this month`}>
                <p>
                  <Trans>Look at an earlier month, or choose somebody else.</Trans>
                </p>
              </Empty>
            )}
            <LogDays deeds={shown} withPatient={patientId === undefined} />
            <Tools deeds={shown}>
              {earlier !== null && (
                <ButtonLink to="/officer/log" search={{ ...search, before: earlier }} variant="default">
                  <Trans>Earlier</Trans>
                </ButtonLink>
              )}
              {before !== undefined && (
                <ButtonLink to="/officer/log" search={given({ patientId, personId })} variant="default">
                  <Trans>Back to the newest</Trans>
                </ButtonLink>
              )}
              <ButtonLink to="/officer/log" search={{}} variant="default">
                <Trans>Choose somebody else</Trans>
              </ButtonLink>
            </Tools>
          </Stack>
        )
      }}
    </OfficerPage>
  )
}

function Whose({ of: { patient, person } }: { of: Reply<typeof readAccessLog>['of'] }) {
  if (patient)
    return (
      <>
        <Trans>Who opened the record of</Trans> <PatientName patient={patient} />
      </>
    )
  return (
    <>
      <Trans>What was opened by</Trans> <strong>{person?.name}</strong>
    </>
  )
}

function Tools({ deeds, children }: { deeds: readonly Deed[]; children: ReactNode }) {
  return (
    <div className={css.screenOnly}>
      <Row>
        {children}
        {deeds.length > 0 && (
          <>
            <Button variant="default" onClick={() => save(deeds)}>
              <Trans>Save as a file (CSV)</Trans>
            </Button>
            <Button variant="default" onClick={() => print()}>
              <Trans>Print</Trans>
            </Button>
          </>
        )}
      </Row>
    </div>
  )
}

/** What is shown, as a download that the browser makes itself. */
function save(deeds: readonly Deed[]) {
  const url = URL.createObjectURL(new Blob(['\uFEFF', logFile(deeds)], { type: 'text/csv' }))
  const link = document.createElement('a')
  link.href = url
  link.download = 'access-log.csv'
  link.click()
  // The browser reads it after this: letting go at once would lose it in some.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
