/** A plan as it is read before it is booked: each visit with its day, time, clinician and place. */
import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { clock, dayName, dayOf } from '../../../ui/time.ts'
import { useLanguage } from '../../../ui/use-language.ts'
import css from './linked.module.css'
import type { Known } from './which-visit.tsx'

export interface Opening {
  offeringId: string
  startsAt: string
}

/** 'Monday, March 1, 9:30 AM · Office visit · Dr. Lan Nguyen, River Street'. */
export function useVisitWords(known: Known) {
  const language = useLanguage()
  return ({ offeringId, startsAt }: Opening) => {
    const offered = known.get(offeringId)
    if (!offered) return startsAt
    const { offering, clinician, place } = offered
    const day = dayName(dayOf(startsAt, place.zone), language)
    return `${day}, ${clock(startsAt, place.zone, language)} · ${offering.visitType.name} · ${clinician.name}, ${place.name}`
  }
}

export function Planned({ visits, known }: { visits: readonly Opening[]; known: Known }) {
  const { t } = useLingui()
  const words = useVisitWords(known)
  return (
    <ol className={css.visits} aria-label={t`Planned visits`}>
      {visits.map((visit) => (
        <VisitLine key={visit.startsAt}>{words(visit)}</VisitLine>
      ))}
    </ol>
  )
}

export const VisitLine = ({ children }: { children: ReactNode }) => <li className={css.visit}>{children}</li>
