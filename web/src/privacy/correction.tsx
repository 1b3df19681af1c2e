/** One correction that was asked for: where it stands, and room to disagree with a no. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { disagree, type listMyAmendments } from '../../../server/privacy/contract.ts'
import type { Reply } from '../../../server/platform/endpoint.ts'
import { call } from '../call.ts'
import { BusyButton } from '../ui/busy-button.tsx'
import { Card } from '../ui/card.tsx'
import { LongTextField } from '../ui/field.tsx'
import { useHouse } from '../ui/house.ts'
import { FactList, Tag } from '../ui/lists.tsx'
import { ProblemSummary, useProblems } from '../ui/problems.tsx'
import { Refusal } from '../ui/refusal.tsx'
import { dateName, dayOf } from '../ui/time.ts'
import { useLanguage } from '../ui/use-language.ts'
import css from './privacy.module.css'

type Amendment = Reply<typeof listMyAmendments>['amendments'][number]

interface CorrectionProps {
  amendment: Amendment
  onSaid: () => void
}

export function Correction({ amendment, onSaid }: CorrectionProps) {
  const { t } = useLingui()
  const language = useLanguage()
  const { zone } = useHouse()
  const { id, about, wanted, askedAt, answerReason, disagreement } = amendment
  const asked = dateName(dayOf(askedAt, zone), language)
  const facts = [
    { name: t`What is wrong`, value: about },
    { name: t`What it should be`, value: wanted },
    ...(answerReason === null ? [] : [{ name: t`Our reason`, value: answerReason }]),
    ...(disagreement === null ? [] : [{ name: t`Your statement`, value: disagreement }]),
  ]
  return (
    <Card as="section" aria-labelledby={`asked-${id}`}>
      <h2 id={`asked-${id}`} className={css.title}>
        <Trans>Asked on {asked}</Trans>
      </h2>
      <p>
        <State {...amendment} />
      </p>
      <FactList facts={facts} />
      {amendment.answer === 'denied' && disagreement === null && <Disagree id={id} onSaid={onSaid} />}
    </Card>
  )
}

function State({ answer, dueOn }: Amendment) {
  const due = dateName(dueOn, useLanguage())
  if (answer === null)
    return (
      <Tag>
        <Trans>Answer by {due}</Trans>
      </Tag>
    )
  if (answer === 'accepted')
    return (
      <Tag tone="good">
        <Trans>Accepted</Trans>
      </Tag>
    )
  return (
    <Tag tone="warn">
      <Trans>Not accepted</Trans>
    </Tag>
  )
}

/** Said once: it stays with the record, for everybody who reads it. */
function Disagree({ id, onSaid }: { id: string; onSaid: () => void }) {
  const { t } = useLingui()
  const problems = useProblems()
  const [statement, type] = useState('')
  const field = `statement-${id}`
  const saying = useMutation({
    mutationFn: () => call(disagree, { path: { id }, body: { statement } }),
    onSuccess: onSaid,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (problems.report(statement.trim() === '' ? [{ field, text: t`Say why you disagree` }] : [])) saying.mutate()
  }
  return (
    <form onSubmit={submit} noValidate className={css.form}>
      <ProblemSummary problems={problems.problems} tries={problems.tries} />
      <Refusal error={saying.error} />
      <LongTextField
        name={field}
        label={t`Do you disagree?`}
        hint={t`Your own words stay with the record. You can say them once.`}
        value={statement}
        onChange={type}
        error={problems.of(field)}
        maxLength={4000}
      />
      <BusyButton type="submit" variant="default" busy={saying.isPending}>
        <Trans>Add my statement</Trans>
      </BusyButton>
    </form>
  )
}
