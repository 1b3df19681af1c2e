/** Corrections that patients ask for: those to answer by their due day, and those that were, with what patients said to a no. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { listAmendments } from '../../../../server/privacy/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { asking } from '../../call.ts'
import { useClinic } from '../../people/clinic.ts'
import { Card } from '../../ui/card.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Stack } from '../../ui/layout.tsx'
import { FactList, Tag } from '../../ui/lists.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { dateName, dayOf } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import { Answer } from './answer.tsx'
import { DueOn } from './due-on.tsx'
import css from './officer.module.css'
import { OfficerPage } from './officer-page.tsx'
import { PatientName } from './who.tsx'

type Amendment = Reply<typeof listAmendments>['amendments'][number]

export function Screen() {
  const { t } = useLingui()
  const queries = useQueryClient()
  const asked = useQuery(asking(listAmendments))
  return (
    <OfficerPage
      title={t`Corrections`}
      lead={t`Each is answered within 60 days. The patient reads the answer.`}
      asked={asked}
    >
      {({ amendments }) => (
        <Stack>
          {amendments.length === 0 && (
            <Empty icon="check" title={t`No correction waits for an answer`}>
              <p>
                <Trans>What patients ask for is here at once.</Trans>
              </p>
            </Empty>
          )}
          {amendments.map((one) => (
            <Request key={one.id} amendment={one}>
              <Answer id={one.id} onAnswered={() => queries.invalidateQueries()} />
            </Request>
          ))}
          <Answered />
        </Stack>
      )}
    </OfficerPage>
  )
}

function Answered() {
  const { data, error, isPending, refetch } = useQuery(asking(listAmendments, { query: { state: 'answered' } }))
  return (
    <section aria-labelledby="answered">
      <h2 id="answered">
        <Trans>Answered</Trans>
      </h2>
      {isPending && <Loading />}
      <Refusal error={error} onAgain={() => void refetch()} />
      {data?.amendments.length === 0 && (
        <p className={css.soft}>
          <Trans>None was answered yet.</Trans>
        </p>
      )}
      <Stack>
        {data?.amendments.map((one) => (
          <Request key={one.id} amendment={one} />
        ))}
      </Stack>
    </section>
  )
}

function Request({ amendment, children }: { amendment: Amendment; children?: ReactNode }) {
  const { t } = useLingui()
  const language = useLanguage()
  const { zone } = useClinic()
  const { id, patient, askedAt, answer, answerReason, disagreement } = amendment
  const said = (value: string) => <span className={css.said}>{value}</span>
  const facts = [
    { name: t`Asked on`, value: dateName(dayOf(askedAt, zone), language) },
    { name: t`What is wrong`, value: said(amendment.about) },
    { name: t`What it should be`, value: said(amendment.wanted) },
    ...(answerReason === null ? [] : [{ name: t`Our reason`, value: said(answerReason) }]),
    ...(disagreement === null ? [] : [{ name: t`The patient disagrees`, value: said(disagreement) }]),
  ]
  return (
    <Card as="section" aria-labelledby={`request-${id}`}>
      <h3 id={`request-${id}`} className={css.title}>
        <PatientName patient={patient} />
      </h3>
      <p>{answer === null ? <DueOn day={amendment.dueOn} /> : <State answer={answer} />}</p>
      <FactList facts={facts} />
      {children}
    </Card>
  )
}

const State = ({ answer }: { answer: 'accepted' | 'denied' }) =>
  answer === 'accepted' ? (
    <Tag tone="good">
      <Trans>Accepted</Trans>
    </Tag>
  ) : (
    <Tag tone="warn">
      <Trans>Denied</Trans>
    </Tag>
  )
