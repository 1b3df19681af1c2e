/** Corrections of the record: ask for one, read the answer, and say so when you disagree with it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { askAmendment, listMyAmendments } from '../../../server/privacy/contract.ts'
import { asking, call } from '../call.ts'
import { OwnPage } from '../people/me/own-page.tsx'
import { BusyButton } from '../ui/busy-button.tsx'
import { Card } from '../ui/card.tsx'
import { LongTextField } from '../ui/field.tsx'
import { Stack } from '../ui/layout.tsx'
import { Notice } from '../ui/notice.tsx'
import { ProblemSummary, useProblems } from '../ui/problems.tsx'
import { Refusal } from '../ui/refusal.tsx'
import { Correction } from './correction.tsx'
import css from './privacy.module.css'

export function Screen() {
  const { t } = useLingui()
  const asked = useQuery(asking(listMyAmendments))
  return (
    <OwnPage
      title={t`Put something right`}
      lead={t`Ask us to correct what is wrong or missing in your record. You get an answer within 60 days.`}
      asked={asked}
    >
      {({ amendments }) => (
        <Stack>
          <Ask onAsked={() => asked.refetch()} />
          {amendments.map((amendment) => (
            <Correction key={amendment.id} amendment={amendment} onSaid={() => void asked.refetch()} />
          ))}
        </Stack>
      )}
    </OwnPage>
  )
}

const empty = { about: '', wanted: '' }

function Ask({ onAsked }: { onAsked: () => Promise<unknown> }) {
  const { t } = useLingui()
  const problems = useProblems()
  const [typed, type] = useState(empty)
  // The same key until it is asked: sent twice, it is one request.
  const [key, renew] = useState(() => crypto.randomUUID())
  const sending = useMutation({
    mutationFn: () => call(askAmendment, { body: typed }, { idempotencyKey: key }),
    onSuccess: async () => {
      type(empty)
      renew(crypto.randomUUID())
      await onAsked()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = [
      ...(typed.about.trim() === '' ? [{ field: 'about', text: t`Say what is wrong` }] : []),
      ...(typed.wanted.trim() === '' ? [{ field: 'wanted', text: t`Say what it should be` }] : []),
    ]
    if (problems.report(found)) sending.mutate()
  }
  return (
    <Card as="section" aria-labelledby="ask">
      <h2 id="ask" className={css.title}>
        <Trans>Ask for a correction</Trans>
      </h2>
      <form onSubmit={submit} noValidate className={css.form}>
        <ProblemSummary problems={problems.problems} tries={problems.tries} />
        <Refusal error={sending.error} />
        {sending.isSuccess && (
          <Notice tone="good" says="polite">
            <p>
              <Trans>We have it. The answer will be on this page.</Trans>
            </p>
          </Notice>
        )}
        <LongTextField
          name="about"
          label={t`What is wrong, and where?`}
          value={typed.about}
          onChange={(about) => type({ ...typed, about })}
          error={problems.of('about')}
          maxLength={4000}
        />
        <LongTextField
          name="wanted"
          label={t`What should it be?`}
          value={typed.wanted}
          onChange={(wanted) => type({ ...typed, wanted })}
          error={problems.of('wanted')}
          maxLength={4000}
        />
        <BusyButton type="submit" busy={sending.isPending}>
          <Trans>Send it</Trans>
        </BusyButton>
      </form>
    </Card>
  )
}
