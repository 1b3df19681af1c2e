/** 'Something here is wrong': a visitor says which part in two presses; it asks no name and no words. */
import { Trans, useLingui } from '@lingui/react/macro'
import { msg } from '@lingui/core/macro'
import { useMutation } from '@tanstack/react-query'
import { useId, useState, type FormEvent } from 'react'
import { reportListing } from '../../../server/directory/contract.ts'
import type { Asked } from '../../../server/platform/endpoint.ts'
import { call } from '../call.ts'
import { BusyButton } from '../ui/busy-button.tsx'
import { ChoiceField } from '../ui/fieldset.tsx'
import { Notice } from '../ui/notice.tsx'
import { ProblemSummary, useProblems } from '../ui/problems.tsx'
import { Refusal } from '../ui/refusal.tsx'
import css from './report-wrong.module.css'

type Wrong = Asked<typeof reportListing>['body']['field']

const choices: readonly { value: Wrong; name: ReturnType<typeof msg> }[] = [
  { value: 'no_contact', name: msg`Nobody answers there` },
  { value: 'not_here', name: msg`This clinician does not work there` },
  { value: 'phone', name: msg`The phone number` },
  { value: 'address', name: msg`The address` },
  { value: 'accepts_new', name: msg`Whether new patients are welcome` },
  { value: 'hours', name: msg`The hours` },
  { value: 'languages', name: msg`The languages` },
  { value: 'specialties', name: msg`What they treat` },
]

export function ReportWrong({ roleId }: { roleId: string }) {
  const { t, i18n } = useLingui()
  const name = useId()
  const problems = useProblems()
  const [field, choose] = useState<Wrong | ''>('')
  const reporting = useMutation({
    mutationFn: async (wrong: Wrong) => call(reportListing, { path: { id: roleId }, body: { field: wrong } }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (problems.report(field === '' ? [{ field: name, text: t`Choose what is wrong` }] : []) && field !== '')
      reporting.mutate(field)
  }
  if (reporting.isSuccess)
    return (
      <Notice tone="good" says="polite">
        <p>
          <Trans>Thank you. We will check it, and correct it for everybody.</Trans>
        </p>
      </Notice>
    )
  return (
    <details className={css.report}>
      <summary>
        <Trans>Something here is wrong</Trans>
      </summary>
      <form onSubmit={submit} noValidate className={css.form}>
        <ProblemSummary problems={problems.problems} tries={problems.tries} />
        <ChoiceField
          name={name}
          label={t`What is wrong?`}
          hint={t`We do not ask who you are.`}
          options={choices.map(({ value, name: said }) => ({ value, label: i18n._(said) }))}
          value={field}
          onChange={choose}
          error={problems.of(name)}
        />
        <Refusal error={reporting.error} />
        <BusyButton type="submit" variant="default" busy={reporting.isPending}>
          <Trans>Tell the clinic</Trans>
        </BusyButton>
      </form>
    </details>
  )
}
