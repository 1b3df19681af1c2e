/** A series as it can be: what is as wished, what comes nearest where it is not, and booking those that are agreed on. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { planSeries } from '../../../../../server/scheduling/linked/contract.ts'
import type { PatientSummary } from '../../../../../server/people/contract.ts'
import type { Reply } from '../../../../../server/platform/endpoint.ts'
import { BusyButton } from '../../../ui/busy-button.tsx'
import { CheckField } from '../../../ui/fieldset.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { dayName } from '../../../ui/time.ts'
import { useLanguage } from '../../../ui/use-language.ts'
import { Booked } from './booked.tsx'
import css from './linked.module.css'
import { useVisitWords } from './planned.tsx'
import { useBookPlan } from './use-book-plan.ts'
import type { Known } from './which-visit.tsx'

type Found = Reply<typeof planSeries> & { known: Known }
type Broken = NonNullable<Found['visits'][number]['instead']>['broken'][number]

export function SeriesFound({ found, patient }: { found: Found; patient: PatientSummary }) {
  const { t } = useLingui()
  const language = useLanguage()
  const { known, visits, gap } = found
  const words = useVisitWords(known)
  const [left, leave] = useState<ReadonlySet<string>>(
    () => new Set(visits.flatMap(({ day, opening }) => (opening ? [] : [day]))),
  )
  const booking = useBookPlan('series', patient)
  const says: Record<Broken, string> = {
    day: t`another day`,
    weekday: t`another day of the week`,
    part: t`another part of the day`,
    time: t`another time`,
    clinician: t`another clinician`,
  }
  if (booking.data) return <Booked group={booking.data} />
  const agreed = visits.flatMap(({ day, opening, instead }) => {
    const visit = opening ?? instead
    return visit && !left.has(day) ? [{ offeringId: visit.offeringId, startsAt: visit.startsAt, day }] : []
  })
  // Where one was left out, the next lies further from the one before it: only their order is kept.
  const isWhole = agreed.length === visits.length
  const met = visits.filter(({ opening }) => opening).length
  return (
    <section className={css.form} aria-labelledby="series-found">
      <h2 id="series-found">
        <Plural
          value={visits.length}
          one={`${met} of # visit can be as you asked`}
          other={`${met} of # visits can be as you asked`}
        />
      </h2>
      <ol className={css.visits}>
        {visits.map(({ day, opening, instead }) => {
          const visit = opening ?? instead
          return (
            <li key={day} className={css.visit}>
              {visit ? (
                <CheckField
                  name={`series-${day}`}
                  label={
                    <>
                      {words(visit)}
                      {!opening && instead && (
                        <span className={css.was}>
                          <Trans>Not as asked: {instead.broken.map((one) => says[one]).join(', ')}</Trans>
                        </span>
                      )}
                    </>
                  }
                  checked={!left.has(day)}
                  onChange={(isTaken) =>
                    leave(new Set(isTaken ? [...left].filter((one) => one !== day) : [...left, day]))
                  }
                />
              ) : (
                <span className={css.was}>
                  <Trans>{dayName(day, language)}: nothing is open near this day</Trans>
                </span>
              )}
            </li>
          )
        })}
      </ol>
      <Refusal error={booking.error} />
      {agreed.length < 2 ? (
        <Notice>
          <Trans>Tick at least two visits.</Trans>
        </Notice>
      ) : (
        <BusyButton
          busy={booking.isPending}
          onClick={() => booking.mutate(agreed.map((visit) => ({ ...visit, gap: isWhole ? gap : undefined })))}
        >
          <Plural value={agreed.length} one="Book # visit" other="Book all # visits" />
        </BusyButton>
      )}
    </section>
  )
}
