/** The report of overbooked visits: how many, whose, and who decided each for what reason. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { exportOverbooked } from '../../../../server/scheduling/exports/contract.ts'
import { listOverbooked, type Overbooked } from '../../../../server/scheduling/overbooking/contract.ts'
import { asking, clinicNow, Refused } from '../../call.ts'
import { ToSignIn } from '../../people/me/own-page.tsx'
import { Card } from '../../ui/card.tsx'
import { TextField } from '../../ui/field.tsx'
import { Row, Stack } from '../../ui/layout.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { clock, dayName, dayOf, daysLater, readersZone } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import { ExportLink } from '../desk/export-link.tsx'
import css from '../numbers/numbers.module.css'
import { countText, percentText } from '../numbers/said.ts'
import { overbookingReasons } from './reasons.ts'

export function Screen() {
  const { t } = useLingui()
  const language = useLanguage()
  const [today] = useState(() => dayOf(new Date(clinicNow()).toISOString(), readersZone()))
  const [from, start] = useState(() => daysLater(today, -30))
  const [until, end] = useState(() => daysLater(today, 30))
  const { data, error, refetch } = useQuery({
    ...asking(listOverbooked, { query: { from, until, language } }),
    enabled: from !== '' && until !== '',
    placeholderData: (before) => before,
  })
  if (error instanceof Refused && error.code === 'unauthenticated') return <ToSignIn />
  if (data === undefined && !error) return <Loading page />
  return (
    <Page
      title={t`Overbooked visits`}
      lead={t`Visits that were booked beside another one of the same clinician, with who decided it and why.`}
      width="wide"
    >
      <Stack>
        <Row>
          <TextField name="from" type="date" label={t`From`} value={from} onChange={start} />
          <TextField name="until" type="date" label={t`Until`} value={until} onChange={end} />
          <ExportLink list={exportOverbooked} query={{ from, until }} />
        </Row>
        <Refusal error={error} onAgain={() => void refetch()} />
        {data && <Report visits={data.visits} overbooked={data.overbooked} />}
      </Stack>
    </Page>
  )
}

function Report({ visits, overbooked }: { visits: number; overbooked: Overbooked[] }) {
  const { t } = useLingui()
  const language = useLanguage()
  const standing = overbooked.filter(({ status }) => status === 'booked')
  if (overbooked.length === 0)
    return (
      <Card>
        <p>
          <Trans>No visit of these days is overbooked.</Trans>
        </p>
      </Card>
    )
  const clinicians = [...Map.groupBy(standing, ({ clinician }) => clinician)].sort((a, b) => b[1].length - a[1].length)
  return (
    <>
      <Card as="section" aria-labelledby="share">
        <h2 id="share" className={css.title}>
          <Trans>How many</Trans>
        </h2>
        <p className={css.figure}>{percentText((100 * standing.length) / Math.max(visits, 1), language)}</p>
        <p>
          <Trans>
            {countText(standing.length, language)} of {countText(visits, language)} visits.
          </Trans>
        </p>
        <table className={css.table}>
          <caption>
            <Trans>By clinician</Trans>
          </caption>
          <tbody>
            {clinicians.map(([clinician, own]) => (
              <tr key={clinician}>
                <th scope="row">{clinician}</th>
                <td>{countText(own.length, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Card>
      <Card as="section" aria-label={t`Each of them`}>
        <table className={`${css.table} ${css.stacked}`}>
          <thead>
            <tr>
              <th scope="col">
                <Trans>When</Trans>
              </th>
              <th scope="col">
                <Trans>With</Trans>
              </th>
              <th scope="col">
                <Trans>Why</Trans>
              </th>
              <th scope="col">
                <Trans>Decided by</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {overbooked.map((one) => (
              <Line key={one.appointmentId} one={one} />
            ))}
          </tbody>
        </table>
      </Card>
    </>
  )
}

function Line({ one }: { one: Overbooked }) {
  const { t, i18n } = useLingui()
  const language = useLanguage()
  const day = dayName(dayOf(one.startsAt, one.zone), language)
  const decided = dayName(dayOf(one.decidedAt, one.zone), language)
  return (
    <tr>
      <th scope="row">
        {day}, {clock(one.startsAt, one.zone, language)}
        <br />
        <span className={css.soft}>
          {one.status === 'cancelled' ? t`Cancelled` : one.beside ? t`Beside another visit` : t`Alone again`}
        </span>
      </th>
      <td data-name={t`With`}>
        {one.clinician}
        <br />
        <span className={css.soft}>
          {one.visitType}, {one.place}
        </span>
      </td>
      <td data-name={t`Why`}>
        {i18n._(overbookingReasons[one.reason])}
        <br />
        <span className={css.soft}>{one.why}</span>
      </td>
      <td data-name={t`Decided by`}>
        {one.decidedBy}
        <br />
        <span className={css.soft}>{decided}</span>
      </td>
    </tr>
  )
}
