/** A record of somebody one does not care for: says why it is closed, and opens it for a reason that is reviewed. */
import { Trans, useLingui } from '@lingui/react/macro'
import { msg } from '@lingui/core/macro'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { breakGlass } from '../../../../../server/people/break-glass/contract.ts'
import type { Asked } from '../../../../../server/platform/endpoint.ts'
import { call } from '../../../call.ts'
import { useProving } from '../../../people/account/prove-again.tsx'
import { ProveFirst } from '../../../people/staff/prove-first.tsx'
import { BusyButton } from '../../../ui/busy-button.tsx'
import { LongTextField } from '../../../ui/field.tsx'
import { ChoiceField } from '../../../ui/fieldset.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { ProblemSummary, useProblems } from '../../../ui/problems.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import css from '../desk.module.css'

type Reason = Asked<typeof breakGlass>['body']['reason']

const reasons: readonly { value: Reason; name: ReturnType<typeof msg> }[] = [
  { value: 'emergency', name: msg`An emergency` },
  { value: 'covering', name: msg`I cover for a colleague` },
  { value: 'called_by_patient', name: msg`The patient called` },
  { value: 'other_care', name: msg`Other care for this patient` },
  { value: 'other', name: msg`Another reason` },
]

export function BreakGlass({ patientId, onBroken }: { patientId: string; onBroken: () => void }) {
  const { t, i18n } = useLingui()
  const proving = useProving()
  const problems = useProblems()
  const [reason, choose] = useState<Reason | ''>('')
  const [words, type] = useState('')
  const breaking = useMutation({
    mutationFn: async () =>
      reason === ''
        ? undefined
        : proving.guarded(() => call(breakGlass, { path: { id: patientId }, body: { reason, words: words.trim() } })),
    onSuccess: onBroken,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = [
      ...(reason === '' ? [{ field: 'glass-reason', text: t`Choose a reason` }] : []),
      ...(words.trim().length < 5 ? [{ field: 'glass-words', text: t`Say in a few words why` }] : []),
    ]
    if (problems.report(found)) breaking.mutate()
  }
  return (
    <div className={css.stack}>
      <ProveFirst {...proving} />
      <h2 tabIndex={-1}>
        <Trans>This record is closed to you</Trans>
      </h2>
      <Notice tone="warn">
        <p>
          <Trans>
            You have no part in the care of this patient. With a reason it opens for an hour. The privacy officer
            reviews each, and the patient may be told.
          </Trans>
        </p>
      </Notice>
      <form onSubmit={submit} noValidate className={css.stack}>
        <ProblemSummary problems={problems.problems} tries={problems.tries} />
        <ChoiceField
          name="glass-reason"
          label={t`Why do you need it?`}
          options={reasons.map(({ value, name }) => ({ value, label: i18n._(name) }))}
          value={reason}
          onChange={choose}
          error={problems.of('glass-reason')}
        />
        <LongTextField
          name="glass-words"
          label={t`In a few words`}
          value={words}
          onChange={type}
          error={problems.of('glass-words')}
          maxLength={1000}
        />
        <Refusal error={breaking.error} />
        <BusyButton type="submit" variant="danger" busy={breaking.isPending}>
          <Trans>Open it for an hour</Trans>
        </BusyButton>
      </form>
    </div>
  )
}
