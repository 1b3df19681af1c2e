/** The public page of the honest numbers: how often a time that was shown could not be had, and how true each place's listings are. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { readAccuracy } from '../../../../server/directory/contract.ts'
import { readHonestNumbers, type HonestNumbers } from '../../../../server/scheduling/numbers/contract.ts'
import { asking } from '../../call.ts'
import { Card } from '../../ui/card.tsx'
import { Stack } from '../../ui/layout.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { useLanguage } from '../../ui/use-language.ts'
import { shortDate } from '../find/said.ts'
import css from './numbers.module.css'
import { countText, percentText } from './said.ts'

export function Screen() {
  const { t } = useLingui()
  const { data, error, refetch } = useQuery(asking(readHonestNumbers))
  return (
    <Page
      title={t`Honest numbers`}
      lead={t`How often a time shown here could not be had, and how much of what we show of our clinicians was checked.`}
    >
      <Stack>
        {data === undefined && !error && <Loading />}
        <Refusal error={error} onAgain={() => void refetch()} />
        {data && <Phantoms numbers={data} />}
        <Accuracy />
      </Stack>
    </Page>
  )
}

function Phantoms({ numbers }: { numbers: HonestNumbers }) {
  const language = useLanguage()
  const { probed, measuredSince, afterSeconds } = numbers
  const { asked, taken, phantoms, percent } = probed
  return (
    <Card as="section" aria-labelledby="phantoms">
      <h2 id="phantoms" className={css.title}>
        <Trans>Times that were shown and could not be booked</Trans>
      </h2>
      {percent === null || measuredSince === null ? (
        <p className={css.figure}>
          <Trans>Not measured yet</Trans>
        </p>
      ) : (
        <>
          <p className={css.figure}>{percentText(percent, language)}</p>
          <p>
            <Trans>
              {countText(phantoms, language)} of {countText(asked, language)} times in the last 30 days, measured since{' '}
              {shortDate(measuredSince, language)}. Somebody else took {countText(taken, language)} of them in the
              seconds between: those count as taken, not as wrong.
            </Trans>
          </p>
        </>
      )}
      <h3>
        <Trans>How we measure</Trans>
      </h3>
      <ul className={css.how}>
        <li>
          <Trans>
            Every five minutes our server searches as any visitor does, by another kind of search each time, and notes
            up to twenty of the times it is shown.
          </Trans>
        </li>
        <li>
          <Trans>
            At least {afterSeconds} seconds later it tries to book each of them by the same steps that book your visit,
            and lets go at once.
          </Trans>
        </li>
        <li>
          <Trans>
            A time that can be had counts as right. One that somebody took meanwhile counts as taken. Every other one
            counts against us.
          </Trans>
        </li>
        <li>
          <Trans>The rate is rounded up. We look at our own times only, and at nothing about you.</Trans>
        </li>
      </ul>
    </Card>
  )
}

/** Of each place, how much was checked within 90 days and is not said to be wrong. */
function Accuracy() {
  const language = useLanguage()
  const { data, error, refetch } = useQuery(asking(readAccuracy))
  return (
    <Card as="section" aria-labelledby="accuracy">
      <h2 id="accuracy" className={css.title}>
        <Trans>How true our listings are</Trans>
      </h2>
      <p>
        <Trans>
          A clinician’s listing counts as true when all of it was checked in the last 90 days and no visitor says that
          something is wrong.
        </Trans>
      </p>
      {data === undefined && !error && <Loading />}
      <Refusal error={error} onAgain={() => void refetch()} />
      {data?.places.length === 0 && (
        <p>
          <Trans>No place has listings yet.</Trans>
        </p>
      )}
      {data && data.places.length > 0 && (
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Place</Trans>
              </th>
              <th scope="col">
                <Trans>True listings</Trans>
              </th>
              <th scope="col">
                <Trans>Share</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.places.map((place) => (
              <tr key={place.placeId}>
                <th scope="row">{place.name}</th>
                <td>
                  <Trans>
                    {countText(place.accurate, language)} of {countText(place.listings, language)}
                  </Trans>
                </td>
                <td>{percentText(place.percent, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  )
}
