/** Every visit that somebody's being away displaces, in one table: the new time, another one, a call; then all of them at once. */
import { msg } from '@lingui/core/macro'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { Asked, Reply } from '../../../../server/platform/endpoint.ts'
import {
  confirmBulkMove,
  decideMove,
  listMoveChoices,
  readBulkMove,
} from '../../../../server/scheduling/moves/contract.ts'
import { asking, call, Refused } from '../../call.ts'
import { ToSignIn } from '../../people/me/own-page.tsx'
import { BusyButton } from '../../ui/busy-button.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { phoneLink, sayPhone } from '../../ui/house.ts'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { refusalWords } from '../../ui/refusal-words.ts'
import { Refusal } from '../../ui/refusal.tsx'
import { BackLink } from '../../ui/step-header.tsx'
import { clock, dayName, dayOf } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import css from './away.module.css'
import { Span } from './away.tsx'

const route = getRouteApi('/work/away/$id')

type Plan = Reply<typeof readBulkMove>
type Visit = Plan['visits'][number]
type Time = Visit['was']

const stateWords = {
  waiting: msg`Looking for a time`,
  proposed: msg`Your decision`,
  confirmed: msg`Being moved`,
  moved: msg`Moved, patient told`,
  to_call: msg`To call`,
  settled: msg`Seen to`,
}
const answerWords = {
  kept: msg`The patient keeps it`,
  changed: msg`Moved again since`,
  cancelled: msg`Cancelled since`,
}

export function Screen() {
  const { t } = useLingui()
  const { id } = route.useParams()
  const language = useLanguage()
  const asked = useQuery({ ...asking(readBulkMove, { path: { id }, query: { language } }), refetchInterval: 5_000 })
  const { data, error } = asked
  if (error instanceof Refused && error.code === 'unauthenticated') return <ToSignIn />
  if (data === undefined && !error) return <Loading page />
  return (
    <Page
      title={data ? t`${data.clinician.name} is away` : t`Clinicians who are away`}
      lead={data && <Span move={data} />}
      above={<BackLink to="/away" />}
      width="wide"
    >
      <Refusal error={error} onAgain={() => void asked.refetch()} />
      {data && <Decide plan={data} />}
    </Page>
  )
}

function Decide({ plan }: { plan: Plan }) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const [sure, ask] = useState(false)
  const confirm = useMutation({
    mutationFn: () => call(confirmBulkMove, { path: { id: plan.id }, body: {} }),
    onSettled: async () => {
      ask(false)
      await queries.invalidateQueries()
    },
  })
  const { proposed, to_call: toCall, waiting } = plan.counts
  if (plan.visits.length === 0) return <p>{t`No visits are booked on these days.`}</p>
  return (
    <>
      <p>
        <Plural
          value={proposed}
          one="# visit has a new time for you to look at."
          other="# visits have a new time for you to look at."
        />{' '}
        {waiting > 0 && (
          <Plural value={waiting} one="For # we are still looking." other="For # we are still looking." />
        )}{' '}
        {toCall > 0 && <Plural value={toCall} one="# patient is to be called." other="# patients are to be called." />}
      </p>
      <Refusal error={confirm.error} />
      {proposed > 0 && (
        <BusyButton busy={confirm.isPending} onClick={() => ask(true)}>
          <Plural value={proposed} one="Move # visit" other="Move # visits" />
        </BusyButton>
      )}
      <Confirm
        open={sure}
        title={t`Move these visits?`}
        yes={t`Move them and tell the patients`}
        no={t`Not yet`}
        busy={confirm.isPending}
        onYes={() => confirm.mutate()}
        onNo={() => ask(false)}
      >
        <p>
          <Trans>Each patient gets one message with the new time, and can keep, change or cancel it there.</Trans>
        </p>
      </Confirm>
      <div className={css.scroll}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t`Patient`}</th>
              <th scope="col">{t`It was`}</th>
              <th scope="col">{t`New time`}</th>
              <th scope="col">{t`State`}</th>
            </tr>
          </thead>
          <tbody>
            {plan.visits.map((visit) => (
              <VisitRow key={visit.appointmentId} id={plan.id} visit={visit} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

function VisitRow({ id, visit }: { id: string; visit: Visit }) {
  const { t, i18n } = useLingui()
  const queries = useQueryClient()
  const [choosing, choose] = useState(false)
  const path = { id, appointmentId: visit.appointmentId }
  const decide = useMutation({
    mutationFn: (body: Asked<typeof decideMove>['body']) => call(decideMove, { path, body }),
    onSuccess: async () => {
      choose(false)
      await queries.invalidateQueries()
    },
  })
  const { patient, state, refused } = visit
  const isOpen = state === 'proposed' || state === 'to_call' || state === 'waiting'
  const why = refused === null ? undefined : refused === 'no_time' ? msg`No time was found` : refusalWords[refused]
  return (
    <tr>
      <th scope="row">
        {patient.name}
        {patient.phone && (
          <>
            <br />
            <a href={phoneLink(patient.phone)}>{sayPhone(patient.phone)}</a>
          </>
        )}
      </th>
      <td>
        <When time={visit.was} />
        <br />
        <span className={css.soft}>{visit.visitType}</span>
      </td>
      <td>{visit.next ? <When time={visit.next} /> : '–'}</td>
      <td>
        {i18n._(visit.answer ? answerWords[visit.answer] : stateWords[state])}
        {isOpen && why && <p className={css.soft}>{i18n._(why)}</p>}
        {isOpen && (
          <div className={css.deeds}>
            <Button
              size="sm"
              variant="default"
              onClick={() => choose(!choosing)}
              aria-label={t`Another time for ${patient.name}`}
            >
              <Trans>Another time</Trans>
            </Button>
            {state !== 'to_call' && (
              <Button
                size="sm"
                variant="default"
                onClick={() => decide.mutate({ decision: 'call' })}
                aria-label={t`Call instead: ${patient.name}`}
              >
                <Trans>Call instead</Trans>
              </Button>
            )}
            {state === 'to_call' && (
              <Button
                size="sm"
                variant="default"
                onClick={() => decide.mutate({ decision: 'seen_to' })}
                aria-label={t`${patient.name} is seen to`}
              >
                <Trans>Seen to</Trans>
              </Button>
            )}
          </div>
        )}
        {choosing && (
          <Choices
            path={path}
            onPick={(offeringId, startsAt) => decide.mutate({ decision: 'time', offeringId, startsAt })}
          />
        )}
        <Refusal error={decide.error} />
      </td>
    </tr>
  )
}

interface ChoicesProps {
  path: { id: string; appointmentId: string }
  onPick: (offeringId: string, startsAt: string) => void
}

function Choices({ path, onPick }: ChoicesProps) {
  const { t } = useLingui()
  const language = useLanguage()
  const { data, error } = useQuery(asking(listMoveChoices, { path }))
  if (data?.choices.length === 0) return <p className={css.soft}>{t`No other time was found.`}</p>
  return (
    <>
      <Refusal error={error} />
      {data && (
        <select
          className={css.select}
          aria-label={t`Another time`}
          value=""
          onChange={({ currentTarget: { value } }) => {
            const chosen = data.choices[Number(value)]
            if (value !== '' && chosen) onPick(chosen.offeringId, chosen.startsAt)
          }}
        >
          <option value="">{t`Choose a time`}</option>
          {data.choices.map((one, at) => (
            <option key={`${one.offeringId} ${one.startsAt}`} value={at}>
              {dayName(dayOf(one.startsAt, one.zone), language, true)}, {clock(one.startsAt, one.zone, language)} ·{' '}
              {one.clinician}
            </option>
          ))}
        </select>
      )}
    </>
  )
}

function When({ time: { startsAt, zone, clinician } }: { time: Time }) {
  const language = useLanguage()
  return (
    <>
      {dayName(dayOf(startsAt, zone), language, true)}, {clock(startsAt, zone, language)}
      <br />
      <span className={css.soft}>{clinician}</span>
    </>
  )
}
