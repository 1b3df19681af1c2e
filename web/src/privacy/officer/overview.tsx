/** What waits for the privacy officer, the most urgent first, with how much of it there is. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { listBrokenGlass } from '../../../../server/people/break-glass/contract.ts'
import { listAmendments, listLooks } from '../../../../server/privacy/contract.ts'
import { asking } from '../../call.ts'
import { Card } from '../../ui/card.tsx'
import { Stack } from '../../ui/layout.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { Due } from './glass.tsx'
import css from './officer.module.css'
import { isForbidden, OfficerPage } from './officer-page.tsx'
import { DueOn } from './due-on.tsx'
import { Colleague, PatientName } from './who.tsx'

/** So many of each are named here; the page of each has all. */
const mostNamed = 5

export function Screen() {
  const { t } = useLingui()
  const glass = useQuery(asking(listBrokenGlass))
  const requests = useQuery(asking(listAmendments))
  return (
    <OfficerPage title={t`What waits`} lead={t`The most urgent first.`} asked={glass}>
      {({ broken }) => (
        <Stack>
          <Waiting
            name="glass"
            title={t`Broken glass to review`}
            none={t`No broken glass waits for a review.`}
            to="/officer/glass"
            lines={broken
              .filter(({ review, mine }) => review === null && !mine)
              .map((one) => (
                <>
                  <Colleague person={one.person} /> → <PatientName patient={one.patient} /> <Due broken={one} />
                </>
              ))}
          />
          <Looks />
          {requests.isPending && <Loading />}
          <Refusal error={requests.error} onAgain={() => void requests.refetch()} />
          {requests.data && (
            <Waiting
              name="corrections"
              title={t`Corrections to answer`}
              none={t`No correction waits for an answer.`}
              to="/officer/corrections"
              lines={requests.data.amendments.map((one) => (
                <>
                  <PatientName patient={one.patient} /> <DueOn day={one.dueOn} />
                </>
              ))}
            />
          )}
        </Stack>
      )}
    </OfficerPage>
  )
}

/** Left out for a practice administrator, who does not watch over looks. */
function Looks() {
  const { t } = useLingui()
  const { data, error, isPending, refetch } = useQuery(asking(listLooks))
  if (isForbidden(error)) return null
  if (isPending) return <Loading />
  return (
    <>
      <Refusal error={error} onAgain={() => void refetch()} />
      {data && (
        <Waiting
          name="looks"
          title={t`Looks with signs of curiosity`}
          none={t`No look waits for a judgement.`}
          to="/officer/looks"
          lines={data.looks
            .filter(({ review, mine }) => review === null && !mine)
            .map((one) => (
              <>
                <Colleague person={one.person} /> → <PatientName patient={one.patient} />
              </>
            ))}
        />
      )}
    </>
  )
}

interface WaitingProps {
  name: string
  title: string
  /** Said when nothing waits. */
  none: string
  to: '/officer/glass' | '/officer/looks' | '/officer/corrections'
  lines: readonly ReactNode[]
}

function Waiting({ name, title, none, to, lines }: WaitingProps) {
  const count = lines.length
  return (
    <Card as="section" aria-labelledby={`waits-${name}`}>
      <h2 id={`waits-${name}`} className={css.title}>
        {title} ({count})
      </h2>
      {count === 0 ? (
        <p className={css.soft}>{none}</p>
      ) : (
        <>
          <ul className={css.list}>
            {lines.slice(0, mostNamed).map((line, at) => (
              <li key={at}>{line}</li>
            ))}
          </ul>
          <p>
            <Link to={to} aria-describedby={`waits-${name}`}>
              <Trans>Open this list</Trans>
            </Link>
          </p>
        </>
      )}
    </Card>
  )
}
