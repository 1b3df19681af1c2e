/** The officer's judgement of one look: nothing wrong, or a violation, with a note. What was typed stays when it is refused. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { LongTextField } from '../../ui/field.tsx'
import { Row } from '../../ui/layout.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import css from './officer.module.css'

type Outcome = 'fine' | 'violation'

interface JudgeProps {
  /** The officer's own: somebody else judges it. */
  mine: boolean
  /** Tells this look from the others of the page. */
  name: string
  /** What it says before it is sent; a judgement that cannot be changed says so. */
  warning: string
  judge: (judgement: { outcome: Outcome; note?: string }) => Promise<unknown>
  onJudged: () => Promise<unknown>
}

/** The form, or why there is none. */
export function Judge({ mine, ...form }: JudgeProps) {
  if (mine)
    return (
      <p className={css.soft}>
        <Trans>This is your own. Somebody else judges it.</Trans>
      </p>
    )
  return <Form {...form} />
}

function Form({ name, warning, judge, onJudged }: Omit<JudgeProps, 'mine'>) {
  const { t } = useLingui()
  const [note, type] = useState('')
  const [asked, ask] = useState<Outcome>()
  const said = note.trim()
  const judging = useMutation({
    // Without the network it is refused at once, not sent some time later.
    networkMode: 'always',
    mutationFn: (outcome: Outcome) => judge({ outcome, ...(said && { note: said }) }),
    onSuccess: onJudged,
    onError: () => ask(undefined),
  })
  return (
    <div className={css.form}>
      <LongTextField name={`note-${name}`} label={t`Note`} optional maxLength={2000} value={note} onChange={type} />
      <Refusal error={judging.error} />
      <Row>
        <Button variant="default" onClick={() => ask('fine')}>
          <Trans>Nothing wrong</Trans>
        </Button>
        <Button variant="danger" onClick={() => ask('violation')}>
          <Trans>A violation</Trans>
        </Button>
      </Row>
      <Confirm
        open={asked !== undefined}
        danger={asked === 'violation'}
        title={asked === 'violation' ? t`Call it a violation?` : t`Call it nothing wrong?`}
        yes={t`Record the judgement`}
        no={t`Go back`}
        busy={judging.isPending}
        onYes={() => asked && judging.mutate(asked)}
        onNo={() => ask(undefined)}
      >
        <p>{warning}</p>
      </Confirm>
    </div>
  )
}
