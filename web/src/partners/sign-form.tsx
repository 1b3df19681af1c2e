/** Enters an agreement as it is on paper: with whom, for what, until when, who signed it and where the paper is. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { signVendor } from '../../../server/partners/contract.ts'
import { call } from '../call.ts'
import css from '../people/staff/staff.module.css'
import { BusyButton } from '../ui/busy-button.tsx'
import { Button } from '../ui/button.tsx'
import { useDraft } from '../ui/draft.ts'
import { TextField } from '../ui/field.tsx'
import { CheckField, Fieldset } from '../ui/fieldset.tsx'
import { Row } from '../ui/layout.tsx'
import { ProblemSummary, useProblems } from '../ui/problems.tsx'
import { Refusal } from '../ui/refusal.tsx'
import { classWords, healthClasses, type HealthClass, type Service } from './vendor-words.ts'

interface SignFormProps {
  service: Service
  onSigned: () => Promise<void>
  /** What was typed stays for the next time. */
  onLeft: () => void
}

interface Typed {
  name: string
  classes: readonly HealthClass[]
  firstDay: string
  lastDay: string
  signedBy: string
  evidence: string
}

/** The draft of one service's agreement, what is missing of it, and the sending of it. */
function useSigning({ service: { service, vendor }, onSigned }: SignFormProps) {
  const { t } = useLingui()
  const empty: Typed = { name: vendor?.name ?? '', classes: [], firstDay: '', lastDay: '', signedBy: '', evidence: '' }
  const drafting = useDraft(`sign-${service}`, empty)
  const { draft, clear } = drafting
  const id = (field: string) => `${field}-${service}`
  const signing = useMutation({
    mutationFn: () =>
      call(signVendor, {
        body: {
          service,
          name: draft.name.trim(),
          dataClasses: [...draft.classes],
          ...(draft.firstDay && { firstDay: draft.firstDay }),
          lastDay: draft.lastDay,
          signedBy: draft.signedBy.trim(),
          evidence: draft.evidence.trim(),
        },
      }),
    onSuccess: async () => {
      await onSigned()
      clear()
    },
  })
  const needed: readonly (readonly [string, boolean, string])[] = [
    ['name', draft.name.trim() !== '', t`Enter the name of the company`],
    ['visit', draft.classes.length > 0, t`Choose what the agreement is for`],
    ['lastDay', draft.lastDay !== '', t`Enter the last day of the agreement`],
    ['firstDay', !draft.firstDay || draft.firstDay <= draft.lastDay, t`The first day cannot be after the last`],
    ['signedBy', draft.signedBy.trim() !== '', t`Enter who signed it`],
    ['evidence', draft.evidence.trim() !== '', t`Say where the signed paper is`],
  ]
  const found = () => needed.filter(([, is]) => !is).map(([field, , text]) => ({ field: id(field), text }))
  return { ...drafting, id, signing, found }
}

export function SignForm(props: SignFormProps) {
  const { t, i18n } = useLingui()
  const problems = useProblems()
  const { draft, put, id, signing, found } = useSigning(props)
  // Of a vendor that is there only another agreement is entered.
  const [isNew] = useState(props.service.vendor === null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (problems.report(found()) && !signing.isPending) signing.mutate()
  }
  const field = (name: Exclude<keyof Typed, 'classes'>) => ({
    name: id(name),
    value: draft[name],
    onChange: (value: string) => put({ [name]: value }),
    error: problems.of(id(name)),
  })
  return (
    <form onSubmit={submit} noValidate className={`${css.form} ${css.change}`}>
      <ProblemSummary problems={problems.problems} tries={problems.tries} />
      <Refusal error={signing.error} />
      {isNew && <TextField {...field('name')} label={t`Company`} maxLength={200} />}
      <Fieldset name={id('classes')} label={t`What may it be told?`} error={problems.of(id('visit'))}>
        <div className={css.checks}>
          {healthClasses.map((one) => (
            <CheckField
              key={one}
              name={id(one)}
              label={i18n._(classWords[one])}
              checked={draft.classes.includes(one)}
              onChange={(held) =>
                put({
                  classes: healthClasses.filter((other) => (other === one ? held : draft.classes.includes(other))),
                })
              }
            />
          ))}
        </div>
      </Fieldset>
      <TextField {...field('firstDay')} label={t`First day`} hint={t`Leave it empty for today.`} type="date" optional />
      <TextField {...field('lastDay')} label={t`Last day`} type="date" />
      <TextField {...field('signedBy')} label={t`Who signed it for your clinic?`} maxLength={200} />
      <TextField
        {...field('evidence')}
        label={t`Where is the signed paper?`}
        hint={t`A file or its number, such as “Contracts, 12”.`}
        maxLength={200}
      />
      <Row>
        <BusyButton type="submit" busy={signing.isPending}>
          <Trans>Enter the agreement</Trans>
        </BusyButton>
        <Button variant="default" onClick={props.onLeft}>
          <Trans>Not now</Trans>
        </Button>
      </Row>
    </form>
  )
}
