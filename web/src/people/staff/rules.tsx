/** The clinic's own rules of who sees what, each with what it comes to, and what holds now beside what is typed. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { changeAccessRules, showAccessRules } from '../../../../server/people/break-glass/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { asking, call } from '../../call.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { useDraft } from '../../ui/draft.ts'
import { TextField } from '../../ui/field.tsx'
import { ChoiceField } from '../../ui/fieldset.tsx'
import { Row } from '../../ui/layout.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ProblemSummary, useProblems } from '../../ui/problems.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { Preview } from './rules-preview.tsx'
import { StaffPage } from './staff-page.tsx'
import css from './staff.module.css'

export type Rules = Reply<typeof showAccessRules>

export function Screen() {
  const { t } = useLingui()
  const asked = useQuery(asking(showAccessRules))
  return (
    <StaffPage
      title={t`Rules`}
      lead={t`Your clinic’s own rules of who sees what. A change holds from the next click of everybody.`}
      asked={asked}
    >
      {(rules) => <Change rules={rules} refresh={() => asked.refetch()} />}
    </StaffPage>
  )
}

/** The numbers, with what the server takes. */
const limits = {
  confidentialFromYears: [0, 25],
  proxyEndsYears: [10, 25],
  teamDays: [1, 1000],
} as const
type Numbered = keyof typeof limits
const numbers = Object.keys(limits) as Numbered[]
type Typed = Partial<Record<Numbered, string> & { glassShown: boolean }>

function Change({ rules, refresh }: { rules: Rules; refresh: () => Promise<unknown> }) {
  const { t } = useLingui()
  const problems = useProblems()
  const { draft, put, clear } = useDraft<Typed>('access-rules', {})
  const valueOf = (name: Numbered) => draft[name] ?? String(rules[name])
  const readOf = (name: Numbered) => readNumber(valueOf(name), limits[name])
  const wanted = {
    confidentialFromYears: readOf('confidentialFromYears') ?? rules.confidentialFromYears,
    proxyEndsYears: readOf('proxyEndsYears') ?? rules.proxyEndsYears,
    teamDays: readOf('teamDays') ?? rules.teamDays,
    glassShown: draft.glassShown ?? rules.glassShown,
  }
  const saving = useMutation({
    mutationFn: () => call(changeAccessRules, { body: wanted }),
    onSuccess: async () => {
      await refresh()
      clear()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const unread = numbers.filter((name) => readOf(name) === undefined)
    const found = unread.map((name) => {
      const [from, to] = limits[name]
      return { field: name, text: t`Enter a whole number from ${from} to ${to}` }
    })
    if (found.length === 0 && wanted.confidentialFromYears > wanted.proxyEndsYears)
      found.push({
        field: 'proxyEndsYears',
        text: t`The age at which parents’ access ends cannot be below the age at which it shrinks`,
      })
    if (problems.report(found) && !saving.isPending) saving.mutate()
  }
  const field = (name: Numbered, unit: 'years' | 'days') => ({
    name,
    value: valueOf(name),
    onChange: (value: string) => put({ [name]: value }),
    error: problems.of(name),
    inputMode: 'numeric' as const,
    maxLength: 4,
    now: unit === 'years' ? t`Now: ${rules[name]} years.` : t`Now: ${rules[name]} days.`,
  })
  const touched = Object.keys(draft).length > 0
  return (
    <form onSubmit={submit} noValidate className={css.form}>
      <ProblemSummary problems={problems.problems} tries={problems.tries} />
      <Refusal error={saving.error} />
      {saving.isSuccess && !touched && (
        <Notice tone="good" says="polite">
          <p>
            <Trans>Saved. It holds from now on.</Trans>
          </p>
        </Notice>
      )}
      <Card as="section" aria-labelledby="parents">
        <h2 id="parents" className={css.title}>
          <Trans>Parents and their children</Trans>
        </h2>
        <div className={css.form}>
          <NumberField
            {...field('confidentialFromYears', 'years')}
            label={t`Age from which a child’s confidential matters stay hidden from parents`}
            hint={t`From this birthday parents see the rest, but not what the law keeps between child and clinic.`}
          />
          <NumberField
            {...field('proxyEndsYears', 'years')}
            label={t`Age at which parents’ access ends`}
            hint={t`On this birthday a parent sees nothing more, unless the grown child invites them.`}
          />
          <Preview part="parents" rules={wanted} />
        </div>
      </Card>
      <Card as="section" aria-labelledby="team">
        <h2 id="team" className={css.title}>
          <Trans>Who cares for a patient</Trans>
        </h2>
        <div className={css.form}>
          <NumberField
            {...field('teamDays', 'days')}
            label={t`Days before and after a visit in which it opens the record to its team`}
            hint={t`Outside of these days they have to give a reason, which is reviewed.`}
          />
          <Preview part="team" rules={wanted} />
          <ChoiceField
            name="glassShown"
            label={t`Are patients told when somebody opened their record with a reason?`}
            hint={rules.glassShown ? t`Now: yes.` : t`Now: no.`}
            options={[
              { value: 'yes', label: t`Yes`, hint: t`They see who it was, when, and that a reason was given.` },
              {
                value: 'no',
                label: t`No`,
                hint: t`They still see who it was and when, but not that it was an exception.`,
              },
            ]}
            value={wanted.glassShown ? 'yes' : 'no'}
            onChange={(said) => put({ glassShown: said === 'yes' })}
          />
        </div>
      </Card>
      <Row>
        <BusyButton type="submit" busy={saving.isPending}>
          <Trans>Save the rules</Trans>
        </BusyButton>
        {touched && (
          <Button variant="default" onClick={clear}>
            <Trans>Back to what holds now</Trans>
          </Button>
        )}
      </Row>
    </form>
  )
}

function NumberField({ now, hint, ...field }: Parameters<typeof TextField>[0] & { now: string }) {
  return (
    <TextField
      {...field}
      hint={
        <>
          {hint} {now}
        </>
      }
    />
  )
}

function readNumber(value: string, [from, to]: readonly [number, number]): number | undefined {
  const read = /^\d{1,4}$/.test(value.trim()) ? Number(value) : NaN
  return read >= from && read <= to ? read : undefined
}
