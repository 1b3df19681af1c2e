/** The board of the honest numbers: phantoms and where they come from, how long people wait, how full the hours were. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { exportWaits } from '../../../../server/scheduling/exports/contract.ts'
import { readBoard, type Board } from '../../../../server/scheduling/numbers/contract.ts'
import { asking, Refused } from '../../call.ts'
import { ToSignIn } from '../../people/me/own-page.tsx'
import { useSession } from '../../people/session.ts'
import { Card } from '../../ui/card.tsx'
import { Stack } from '../../ui/layout.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { useLanguage } from '../../ui/use-language.ts'
import { ExportLink } from '../desk/export-link.tsx'
import { Causes } from './causes.tsx'
import css from '../numbers/numbers.module.css'
import { countText, percentText } from '../numbers/said.ts'
import { Trend } from './trend.tsx'

export function Screen() {
  const { t } = useLingui()
  const language = useLanguage()
  const role = useSession()?.role
  const { data, error, refetch } = useQuery(asking(readBoard, { query: { language } }))
  if (error instanceof Refused && error.code === 'unauthenticated') return <ToSignIn />
  if (data === undefined && !error) return <Loading page />
  return (
    <Page
      title={t`Honest numbers`}
      lead={t`What patients are shown and cannot have, how long they wait, and how full the hours were. The last 30 days.`}
      width="wide"
    >
      <Refusal error={error} onAgain={() => void refetch()} />
      {data && (
        <Stack>
          <Phantoms board={data} />
          <Waits waits={data.waits} />
          <Fill fill={data.fill} />
          {(role === 'scheduler' || role === 'practice_admin') && (
            <p>
              <Link to="/overbooked">
                <Trans>Overbooked visits, with who decided each and why</Trans>
              </Link>
            </p>
          )}
        </Stack>
      )}
    </Page>
  )
}

function Phantoms({ board: { numbers, days, causes } }: { board: Board }) {
  const language = useLanguage()
  const { t } = useLingui()
  const { asked, taken, phantoms, percent } = numbers.probed
  return (
    <Card as="section" aria-labelledby="phantoms">
      <h2 id="phantoms" className={css.title}>
        <Trans>Phantom openings</Trans>
      </h2>
      {percent === null ? (
        <p>
          <Trans>Not measured yet: the first figure comes within minutes of the first search.</Trans>
        </p>
      ) : (
        <>
          <p className={css.figure}>{percentText(percent, language)}</p>
          <p>
            <Trans>
              Of {countText(asked, language)} openings that were shown and asked for again,{' '}
              {countText(phantoms, language)} could not be booked though nobody took them; {countText(taken, language)}{' '}
              were taken meanwhile.
            </Trans>
          </p>
          <Trend
            name={t`Phantoms by day`}
            days={days.map(({ day, probed }) => ({ day, percent: probed.percent ?? 0 }))}
          />
          <Causes causes={causes} />
        </>
      )}
    </Card>
  )
}

function Waits({ waits }: Pick<Board, 'waits'>) {
  const { t } = useLingui()
  const language = useLanguage()
  return (
    <Card as="section" aria-labelledby="waits">
      <h2 id="waits" className={css.title}>
        <Trans>Third next available appointment</Trans>
      </h2>
      <p className={css.soft}>
        <Trans>
          Calendar days until the third opening that is free, of the clinician in the middle. The first two are often
          called-off visits; the third is what a caller meets.
        </Trans>
      </p>
      <ExportLink list={exportWaits} />
      {waits.length === 0 ? (
        <p>
          <Trans>Not measured yet: it is measured every few hours.</Trans>
        </p>
      ) : (
        <table className={`${css.table} ${css.stacked}`}>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Visit</Trans>
              </th>
              <th scope="col">
                <Trans>Specialty</Trans>
              </th>
              <th scope="col">
                <Trans>Place</Trans>
              </th>
              <th scope="col">
                <Trans>Clinicians</Trans>
              </th>
              <th scope="col">
                <Trans>Days</Trans>
              </th>
              <th scope="col">
                <Trans>Four weeks ago</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {waits.map((wait) => (
              <tr key={`${wait.visitType} ${wait.specialty} ${wait.place}`}>
                <th scope="row">{wait.visitType}</th>
                <td data-name={t`Specialty`}>{wait.specialty}</td>
                <td data-name={t`Place`}>{wait.place}</td>
                <td data-name={t`Clinicians`}>
                  {countText(wait.clinicians, language)}
                  {wait.withoutThird > 0 && (
                    <>
                      {' '}
                      (<Trans>{countText(wait.withoutThird, language)} without</Trans>)
                    </>
                  )}
                </td>
                <td data-name={t`Days`}>{wait.days === null ? <Trans>None</Trans> : countText(wait.days, language)}</td>
                <td data-name={t`Four weeks ago`}>
                  {wait.daysBefore === null ? '–' : countText(wait.daysBefore, language)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  )
}

function Fill({ fill }: Pick<Board, 'fill'>) {
  const language = useLanguage()
  const { t } = useLingui()
  return (
    <Card as="section" aria-labelledby="fill">
      <h2 id="fill" className={css.title}>
        <Trans>Fill rate</Trans>
      </h2>
      <p className={css.soft}>
        <Trans>Booked minutes of the minutes that clinicians were open, on days that are over.</Trans>
      </p>
      {fill.percent === null ? (
        <p>
          <Trans>Not measured yet: it is measured every few hours.</Trans>
        </p>
      ) : (
        <>
          <p className={css.figure}>{percentText(fill.percent, language)}</p>
          <Trend name={t`Fill by day`} days={fill.days} />
          <div className={css.columns}>
            <Shares name={t`Places`} rows={fill.places} />
            <Shares name={t`Clinicians`} rows={fill.clinicians} />
          </div>
        </>
      )}
    </Card>
  )
}

function Shares({ name, rows }: { name: string; rows: readonly { id: string; name: string; percent: number }[] }) {
  const language = useLanguage()
  return (
    <table className={css.table}>
      <caption>{name}</caption>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">{row.name}</th>
            <td>{percentText(row.percent, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
