/** A chain: which visits, how many days apart; the first times at which all of them fit. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { planChain } from '../../../../../server/scheduling/linked/contract.ts'
import type { PatientSummary } from '../../../../../server/people/contract.ts'
import { call } from '../../../call.ts'
import { BusyButton } from '../../../ui/busy-button.tsx'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { TextField } from '../../../ui/field.tsx'
import { Row } from '../../../ui/layout.tsx'
import { ProblemSummary, useProblems } from '../../../ui/problems.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { useLanguage } from '../../../ui/use-language.ts'
import { ChainFound } from './chain-found.tsx'
import css from './linked.module.css'
import type { Gap } from './use-book-plan.ts'
import { noVisitYet, whoOffers, WhichVisit, type Which } from './which-visit.tsx'

interface Step {
  which: Which
  /** Days after the visit before. */
  least: string
  most: string
}

const mostSteps = 6
const newStep: Step = { which: noVisitYet, least: '1', most: '14' }
const gapOf = ({ least, most }: Step): Gap => ({
  unit: 'day',
  min: Number(least),
  max: most === '' ? null : Number(most),
})
const isDays = (text: string) => /^\d{1,3}$/.test(text)

export function ChainForm({ patient }: { patient: PatientSummary }) {
  const { t } = useLingui()
  const language = useLanguage()
  const problems = useProblems()
  const [steps, set] = useState<readonly Step[]>([newStep, newStep, newStep])
  const [from, setFrom] = useState('')
  const change = (at: number, part: Partial<Step>) =>
    set(steps.map((step, place) => (place === at ? { ...step, ...part } : step)))
  const finding = useMutation({
    mutationFn: async () => {
      const { known, offeringIds } = await whoOffers(
        steps.map(({ which }) => which),
        language,
      )
      const asked = steps.map((step, at) => ({
        offeringIds: offeringIds[at] ?? [],
        ...(at > 0 && { gap: gapOf(step) }),
      }))
      return { known, steps: asked, ...(await call(planChain, { body: { steps: asked, ...(from && { from }) } })) }
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = steps.flatMap(({ which, least, most }, at) => [
      ...(which.code === '' ? [{ field: `step-${at}`, text: t`Choose visit ${at + 1}` }] : []),
      ...(at > 0 && (!isDays(least) || (most !== '' && (!isDays(most) || Number(most) < Number(least))))
        ? [{ field: `step-${at}-least`, text: t`Say how many days after, at least and at most` }]
        : []),
    ])
    if (problems.report(found)) finding.mutate()
  }
  return (
    <>
      <form onSubmit={submit} noValidate className={css.form}>
        <ProblemSummary problems={problems.problems} tries={problems.tries} />
        <ol className={css.steps}>
          {steps.map((step, at) => (
            <Card as="li" key={at} className={css.step ?? ''}>
              <h2>
                <Trans>Visit {at + 1}</Trans>
              </h2>
              {at > 0 && (
                <div className={css.pair}>
                  <TextField
                    name={`step-${at}-least`}
                    label={t`Days after, at least`}
                    inputMode="numeric"
                    value={step.least}
                    onChange={(least) => change(at, { least })}
                    error={problems.of(`step-${at}-least`)}
                  />
                  <TextField
                    name={`step-${at}-most`}
                    label={t`At most`}
                    inputMode="numeric"
                    optional
                    value={step.most}
                    onChange={(most) => change(at, { most })}
                  />
                </div>
              )}
              <WhichVisit
                name={`step-${at}`}
                which={step.which}
                error={problems.of(`step-${at}`)}
                onChange={(which) => change(at, { which })}
              />
            </Card>
          ))}
        </ol>
        <Row>
          {steps.length < mostSteps && (
            <Button variant="default" onClick={() => set([...steps, newStep])}>
              <Trans>Add a visit</Trans>
            </Button>
          )}
          {steps.length > 2 && (
            <Button variant="default" onClick={() => set(steps.slice(0, -1))}>
              <Trans>Leave the last one out</Trans>
            </Button>
          )}
        </Row>
        <TextField name="chain-from" type="date" label={t`Not before`} optional value={from} onChange={setFrom} />
        <Refusal error={finding.error} />
        <Row>
          <BusyButton type="submit" busy={finding.isPending}>
            <Trans>Find times</Trans>
          </BusyButton>
        </Row>
      </form>
      {finding.data && <ChainFound key={finding.submittedAt} found={finding.data} patient={patient} />}
    </>
  )
}
