/** A parent or guardian asks to act for a child: the clinic checks it, and says nothing before. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { askToAct } from '../../../../server/people/proxies/contract.ts'
import { call, clinicNow } from '../../call.ts'
import { emptyDate, readBirthDate } from '../../ui/birth-date.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DateOfBirth, useDateFaultWords } from '../../ui/date-of-birth.tsx'
import { TextField } from '../../ui/field.tsx'
import { ChoiceField } from '../../ui/fieldset.tsx'
import { useHouse } from '../../ui/house.ts'
import { Notice } from '../../ui/notice.tsx'
import { ProblemSummary, useProblems } from '../../ui/problems.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { dayOf } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import css from '../me/me.module.css'

type Basis = 'parent' | 'guardian'
const empty = { name: '', givenName: '', familyName: '', born: emptyDate, basis: '' as Basis | '' }
type Typed = typeof empty

export function AskForChild() {
  const { t } = useLingui()
  const language = useLanguage()
  const [asks, ask] = useState(false)
  const asking = useMutation({
    mutationFn: ({ name, basis, ...child }: Asked) =>
      call(askToAct, { body: { name, basis, child: { ...child, language } } }),
  })
  return (
    <Card as="section" aria-labelledby="ask-for-child">
      <h2 id="ask-for-child" className={css.heading}>
        <Trans>Act for your child</Trans>
      </h2>
      {asking.data ? (
        <Notice tone="good" says="polite" title={t`The clinic will check and tell you`}>
          <p>
            <Trans>Bring something that shows it, such as a birth certificate, or call us.</Trans>
          </p>
        </Notice>
      ) : asks ? (
        <ChildForm busy={asking.isPending} error={asking.error} onDone={asking.mutate} />
      ) : (
        <>
          <p>
            <Trans>See the visits of your child and book for them. The clinic checks it first.</Trans>
          </p>
          <Button variant="default" onClick={() => ask(true)}>
            <Trans>Ask to act for my child</Trans>
          </Button>
        </>
      )}
    </Card>
  )
}

interface Asked {
  name: string
  basis: Basis
  givenName: string
  familyName: string
  bornOn: string
}

interface ChildFormProps {
  busy: boolean
  error: unknown
  onDone: (asked: Asked) => void
}

function ChildForm({ busy, error, onDone }: ChildFormProps) {
  const { t } = useLingui()
  const problems = useProblems()
  const read = useReading()
  const [typed, type] = useState(empty)
  const put = (some: Partial<Typed>) => type({ ...typed, ...some })
  const wrong = (['month', 'day', 'year'] as const).find((part) => problems.of(`born-${part}`))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { found, asked } = read(typed)
    if (problems.report(found) && asked) onDone(asked)
  }
  const text = (name: 'name' | 'givenName' | 'familyName', label: string, autoComplete: string) => (
    <TextField
      name={name}
      label={label}
      value={typed[name]}
      onChange={(value) => put({ [name]: value })}
      error={problems.of(name)}
      maxLength={100}
      autoComplete={autoComplete}
    />
  )
  return (
    <form onSubmit={submit} noValidate className={css.form}>
      <ProblemSummary problems={problems.problems} tries={problems.tries} />
      {text('name', t`Your own name`, 'name')}
      <ChoiceField
        name="basis"
        label={t`You are the child’s`}
        inline
        value={typed.basis}
        onChange={(basis) => put({ basis })}
        error={problems.of('basis')}
        options={[
          { value: 'parent', label: t`Parent` },
          { value: 'guardian', label: t`Guardian` },
        ]}
      />
      {text('givenName', t`First name of the child`, 'off')}
      {text('familyName', t`Last name of the child`, 'off')}
      <DateOfBirth
        name="born"
        label={t`Date of birth of the child`}
        own={false}
        value={typed.born}
        onChange={(born) => put({ born })}
        wrong={wrong}
        error={wrong && problems.of(`born-${wrong}`)}
      />
      <Refusal error={error} />
      <BusyButton type="submit" busy={busy}>
        <Trans>Ask the clinic</Trans>
      </BusyButton>
    </form>
  )
}

/** What was typed, as a request; or what is to be put right in it. */
function useReading() {
  const { t } = useLingui()
  const { zone } = useHouse()
  const faultWords = useDateFaultWords()
  return ({ born, basis, ...names }: Typed) => {
    const [name, givenName, familyName] = [names.name.trim(), names.givenName.trim(), names.familyName.trim()]
    const day = readBirthDate(born, dayOf(new Date(clinicNow()).toISOString(), zone))
    const found = [
      ...(name === '' ? [{ field: 'name', text: t`Enter your own name` }] : []),
      ...(basis === '' ? [{ field: 'basis', text: t`Say whether you are a parent or a guardian` }] : []),
      ...(givenName === '' ? [{ field: 'givenName', text: t`Enter the first name of the child` }] : []),
      ...(familyName === '' ? [{ field: 'familyName', text: t`Enter the last name of the child` }] : []),
      ...('fault' in day ? [{ field: `born-${day.part}`, text: faultWords(day) }] : []),
    ]
    if ('fault' in day || basis === '') return { found }
    return { found, asked: { name, basis, givenName, familyName, bornOn: day.bornOn } }
  }
}
