/** A series: which visit, how often, how many; at one time of the clock, with one clinician or several. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { planSeries } from '../../../../../server/scheduling/linked/contract.ts'
import type { PatientSummary } from '../../../../../server/people/contract.ts'
import { call, clinicNow } from '../../../call.ts'
import { BusyButton } from '../../../ui/busy-button.tsx'
import { Card } from '../../../ui/card.tsx'
import { SelectField, TextField } from '../../../ui/field.tsx'
import { CheckField, Fieldset } from '../../../ui/fieldset.tsx'
import { useHouse } from '../../../ui/house.ts'
import { Row } from '../../../ui/layout.tsx'
import { ProblemSummary, useProblems } from '../../../ui/problems.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { dayName, dayOf, daysLater } from '../../../ui/time.ts'
import { useLanguage } from '../../../ui/use-language.ts'
import css from './linked.module.css'
import { SeriesFound } from './series-found.tsx'
import { noVisitYet, whoOffers, WhichVisit } from './which-visit.tsx'

const weekdays = [1, 2, 3, 4, 5, 6, 7]
/** A Monday, to name the days by. */
const monday = '2026-11-30'
const parts = ['morning', 'afternoon', 'evening'] as const

export function SeriesForm({ patient }: { patient: PatientSummary }) {
  const { t } = useLingui()
  const language = useLanguage()
  const { zone } = useHouse()
  const problems = useProblems()
  const [which, setWhich] = useState(noVisitYet)
  const [firstDay, setFirst] = useState(() => daysLater(dayOf(new Date(clinicNow()).toISOString(), zone), 7))
  const [every, setEvery] = useState('1')
  const [unit, setUnit] = useState<'week' | 'day'>('week')
  const [count, setCount] = useState('6')
  const [days, setDays] = useState<readonly number[]>([])
  const [part, setPart] = useState('')
  const [sameClinician, keep] = useState(true)
  const finding = useMutation({
    mutationFn: async () => {
      const { known, offeringIds } = await whoOffers([which], language)
      const asked = parts.find((one) => one === part)
      const body = {
        offeringIds: offeringIds[0] ?? [],
        firstDay,
        every: Number(every),
        unit,
        count: Number(count),
        weekdays: [...days],
        sameClinician,
        ...(asked && { part: asked }),
      }
      return { known, ...(await call(planSeries, { body })) }
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = [
      ...(which.code === '' ? [{ field: 'series-visit', text: t`Choose the visit` }] : []),
      ...(/^\d{1,2}$/.test(every) && Number(every) > 0
        ? []
        : [{ field: 'series-every', text: t`Say how often, as a number` }]),
      ...(/^\d{1,2}$/.test(count) && Number(count) >= 2 && Number(count) <= 26
        ? []
        : [{ field: 'series-count', text: t`Say how many visits, from 2 to 26` }]),
      ...(firstDay === '' ? [{ field: 'series-first', text: t`Choose the first day` }] : []),
    ]
    if (problems.report(found)) finding.mutate()
  }
  return (
    <>
      <form onSubmit={submit} noValidate className={css.form}>
        <ProblemSummary problems={problems.problems} tries={problems.tries} />
        <Card className={css.step ?? ''}>
          <WhichVisit name="series-visit" which={which} error={problems.of('series-visit')} onChange={setWhich} />
          <div className={css.pair}>
            <TextField
              name="series-every"
              label={t`Every`}
              inputMode="numeric"
              value={every}
              onChange={setEvery}
              error={problems.of('series-every')}
            />
            <SelectField
              name="series-unit"
              label={t`Days or weeks`}
              value={unit}
              onChange={(next) => setUnit(next === 'day' ? 'day' : 'week')}
              options={[
                { value: 'week', label: t`weeks` },
                { value: 'day', label: t`days` },
              ]}
            />
            <TextField
              name="series-count"
              label={t`How many visits`}
              inputMode="numeric"
              value={count}
              onChange={setCount}
              error={problems.of('series-count')}
            />
            <TextField
              name="series-first"
              type="date"
              label={t`First day`}
              value={firstDay}
              onChange={setFirst}
              error={problems.of('series-first')}
            />
            <SelectField
              name="series-part"
              label={t`Part of the day`}
              optional
              value={part}
              onChange={setPart}
              options={[
                { value: '', label: t`Any` },
                { value: 'morning', label: t`Morning` },
                { value: 'afternoon', label: t`Afternoon` },
                { value: 'evening', label: t`Evening` },
              ]}
            />
          </div>
          <Fieldset name="series-days" label={t`On which days`} optional hint={t`None ticked: on the day itself.`}>
            <Row>
              {weekdays.map((day) => (
                <CheckField
                  key={day}
                  name={`series-day-${day}`}
                  label={(dayName(daysLater(monday, day - 1), language).split(/[\s,]/)[0] ?? '').trim()}
                  checked={days.includes(day)}
                  onChange={(isTicked) => setDays(isTicked ? [...days, day] : days.filter((one) => one !== day))}
                />
              ))}
            </Row>
          </Fieldset>
          <CheckField name="series-same" label={t`Always the same clinician`} checked={sameClinician} onChange={keep} />
        </Card>
        <Refusal error={finding.error} />
        <Row>
          <BusyButton type="submit" busy={finding.isPending}>
            <Trans>Find times</Trans>
          </BusyButton>
        </Row>
      </form>
      {finding.data && <SeriesFound key={finding.submittedAt} found={finding.data} patient={patient} />}
    </>
  )
}
