/** Accepts or denies a correction, once; a denial says why. What was typed stays when it is refused. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { answerAmendment } from '../../../../server/privacy/contract.ts'
import { call } from '../../call.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { LongTextField } from '../../ui/field.tsx'
import { Row } from '../../ui/layout.tsx'
import { ProblemSummary, useProblems } from '../../ui/problems.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import css from './officer.module.css'

type Given = 'accepted' | 'denied'

export function Answer({ id, onAnswered }: { id: string; onAnswered: () => Promise<unknown> }) {
  const { t } = useLingui()
  const problems = useProblems()
  const [reason, type] = useState('')
  const [asked, ask] = useState<Given>()
  const field = `reason-${id}`
  const said = reason.trim()
  const answering = useMutation({
    // Without the network it is refused at once, not sent some time later.
    networkMode: 'always',
    mutationFn: (answer: Given) =>
      call(answerAmendment, { path: { id }, body: { answer, ...(said && { reason: said }) } }),
    onSuccess: onAnswered,
    onError: () => ask(undefined),
  })
  const deny = () => {
    if (problems.report(said === '' ? [{ field, text: t`Say why it is denied` }] : [])) ask('denied')
  }
  return (
    <div className={css.form}>
      <ProblemSummary problems={problems.problems} tries={problems.tries} />
      <Refusal error={answering.error} />
      <LongTextField
        name={field}
        label={t`Reason`}
        hint={t`A denial needs one. The patient reads it.`}
        value={reason}
        onChange={type}
        error={problems.of(field)}
        maxLength={4000}
      />
      <Row>
        <Button onClick={() => ask('accepted')}>
          <Trans>Accept</Trans>
        </Button>
        <Button variant="danger" onClick={deny}>
          <Trans>Deny</Trans>
        </Button>
      </Row>
      <Confirm
        open={asked !== undefined}
        danger={asked === 'denied'}
        title={asked === 'denied' ? t`Deny this correction?` : t`Accept this correction?`}
        yes={t`Send the answer`}
        no={t`Go back`}
        busy={answering.isPending}
        onYes={() => asked && answering.mutate(asked)}
        onNo={() => ask(undefined)}
      >
        <p>
          <Trans>The patient can read it at once. It cannot be changed later.</Trans>
        </p>
      </Confirm>
    </div>
  )
}
