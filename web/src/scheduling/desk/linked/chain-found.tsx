/** The first times at which a whole chain fits, to choose one and book all of it; or the step that cannot follow. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { planChain } from '../../../../../server/scheduling/linked/contract.ts'
import type { PatientSummary } from '../../../../../server/people/contract.ts'
import type { Reply } from '../../../../../server/platform/endpoint.ts'
import { BusyButton } from '../../../ui/busy-button.tsx'
import { ChoiceField } from '../../../ui/fieldset.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { clock, dayName, dayOf } from '../../../ui/time.ts'
import { useLanguage } from '../../../ui/use-language.ts'
import { Booked } from './booked.tsx'
import css from './linked.module.css'
import { Planned, useVisitWords, type Opening } from './planned.tsx'
import { useBookPlan, type Gap } from './use-book-plan.ts'
import type { Known } from './which-visit.tsx'

interface Found extends Reply<typeof planChain> {
  known: Known
  steps: readonly { gap?: Gap }[]
}

export function ChainFound({ found, patient }: { found: Found; patient: PatientSummary }) {
  const { t } = useLingui()
  const language = useLanguage()
  const [chosen, choose] = useState('0')
  const booking = useBookPlan('chain', patient)
  const { plans, known, steps } = found
  if (booking.data) return <Booked group={booking.data} />
  const plan = plans[Number(chosen)]
  if (!plan) return <Broken found={found} />
  const when = ({ offeringId, startsAt }: Opening) => {
    const zone = known.get(offeringId)?.place.zone ?? 'UTC'
    return `${dayName(dayOf(startsAt, zone), language, true)}, ${clock(startsAt, zone, language)}`
  }
  return (
    <section className={css.form} aria-labelledby="chain-found">
      <h2 id="chain-found">
        <Trans>All of them fit</Trans>
      </h2>
      <ChoiceField
        name="chain-plan"
        label={t`Which plan?`}
        value={chosen}
        onChange={choose}
        options={plans.slice(0, 6).map(({ visits }, at) => ({
          value: String(at),
          label: visits.map(when).join(' → '),
        }))}
      />
      <Planned visits={plan.visits} known={known} />
      <Refusal error={booking.error} />
      <BusyButton
        busy={booking.isPending}
        onClick={() => booking.mutate(plan.visits.map((visit, at) => ({ ...visit, gap: steps[at]?.gap })))}
      >
        <Plural value={plan.visits.length} one="Book # visit" other="Book all # visits" />
      </BusyButton>
    </section>
  )
}

function Broken({ found: { broken, known } }: { found: Found }) {
  const words = useVisitWords(known)
  const step = (broken?.step ?? 0) + 1
  const nearest = broken?.nearest
  return (
    <Notice tone="warn" says="polite" title={<Trans>Visit {step} does not fit</Trans>}>
      {nearest ? (
        <p>
          <Trans>
            Nothing is open so long after the visit before it. The nearest: {words(nearest.opening)}, after{' '}
            {words(nearest.before)}. Change the days, or with whom it may be.
          </Trans>
        </p>
      ) : (
        <p>
          <Trans>Nothing is open for it in the next 60 days. Let it be with somebody else, or on other days.</Trans>
        </p>
      )}
    </Notice>
  )
}
