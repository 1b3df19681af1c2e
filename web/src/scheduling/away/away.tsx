/** Clinicians who are away: enter one, and see whose visits are still being moved. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { readMonth } from '../../../../server/scheduling/desk/contract.ts'
import { listBulkMoves, startBulkMove } from '../../../../server/scheduling/moves/contract.ts'
import { asking, call, clinicNow, Refused } from '../../call.ts'
import { ToSignIn } from '../../people/me/own-page.tsx'
import { BusyButton } from '../../ui/busy-button.tsx'
import { Card } from '../../ui/card.tsx'
import { Field, TextField } from '../../ui/field.tsx'
import { useHouse } from '../../ui/house.ts'
import { Row } from '../../ui/layout.tsx'
import { Tag } from '../../ui/lists.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { dateName, dayOf } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import { attemptFor, type Attempt } from '../book/attempt.ts'
import css from './away.module.css'

export function Screen() {
  const { t } = useLingui()
  const { data, error, refetch } = useQuery({ ...asking(listBulkMoves), refetchInterval: 15_000 })
  if (error instanceof Refused && error.code === 'unauthenticated') return <ToSignIn />
  if (data === undefined && !error) return <Loading page />
  return (
    <Page
      title={t`Clinicians who are away`}
      lead={t`Their days close at once. Every visit gets a new time for you to look at; no patient is told before you confirm.`}
      width="wide"
    >
      <Refusal error={error} onAgain={() => void refetch()} />
      <Start />
      <ul className={css.list}>
        {data?.moves.map((move) => (
          <MoveLine key={move.id} move={move} />
        ))}
      </ul>
    </Page>
  )
}

/** Who is away, and from when until when. */
function Start() {
  const { t } = useLingui()
  const navigate = useNavigate()
  const { zone } = useHouse()
  const today = dayOf(new Date(clinicNow()).toISOString(), zone)
  const clinicians = useQuery(asking(readMonth, { path: { day: today } })).data?.rows ?? []
  const [clinicianId, choose] = useState('')
  const [fromDay, setFrom] = useState(today)
  const [untilDay, setUntil] = useState(today)
  const [attempt, setAttempt] = useState<Attempt>()
  const start = useMutation({
    mutationFn: (body: { clinicianId: string; fromDay: string; untilDay?: string }) => {
      const next = attemptFor(body, attempt)
      setAttempt(next)
      return call(startBulkMove, { body }, { idempotencyKey: next.key })
    },
    onSuccess: ({ id }) => navigate({ to: '/away/$id', params: { id } }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    start.mutate({ clinicianId, fromDay, ...(untilDay && { untilDay }) })
  }
  return (
    <form className={css.form} onSubmit={submit}>
      <Field name="who" label={t`Who is away?`}>
        <select
          id="who"
          className={css.select}
          required
          value={clinicianId}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          <option value="">{t`Choose`}</option>
          {clinicians.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </Field>
      <TextField name="from" type="date" label={t`First day`} value={fromDay} onChange={setFrom} />
      <TextField
        name="until"
        type="date"
        label={t`Last day`}
        optional
        hint={t`Leave it empty for somebody who does not come back.`}
        value={untilDay}
        onChange={setUntil}
      />
      <Refusal error={start.error} />
      <Row>
        <BusyButton type="submit" busy={start.isPending}>
          <Trans>Close these days and look for new times</Trans>
        </BusyButton>
      </Row>
    </form>
  )
}

type Move = Reply<typeof listBulkMoves>['moves'][number]

function MoveLine({ move }: { move: Move }) {
  const { waiting, proposed, confirmed, to_call: toCall, moved, settled } = move.counts
  const open = waiting + proposed + confirmed + toCall
  const all = open + moved + settled
  return (
    <Card as="li">
      <Row apart>
        <Link to="/away/$id" params={{ id: move.id }}>
          {move.clinician.name}
        </Link>
        <span>
          <Span move={move} />
        </span>
        {open > 0 ? (
          <Tag tone="warn">
            <Plural value={open} one="# visit open" other="# visits open" />
          </Tag>
        ) : (
          <Tag tone="good">
            <Plural value={all} one="# visit, seen to" other="# visits, all seen to" />
          </Tag>
        )}
      </Row>
    </Card>
  )
}

/** 'December 2 to December 4', or from when on. */
export function Span({ move: { fromDay, untilDay } }: { move: Pick<Move, 'fromDay' | 'untilDay'> }) {
  const language = useLanguage()
  const first = dateName(fromDay, language)
  const last = untilDay === null ? '' : dateName(untilDay, language)
  if (untilDay === null) return <Trans>from {first} on, for good</Trans>
  if (untilDay === fromDay) return first
  return (
    <Trans>
      {first} to {last}
    </Trans>
  )
}
