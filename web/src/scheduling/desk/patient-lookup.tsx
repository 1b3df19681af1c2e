/** Finds a patient in as few keys as a good switchboard: beginnings of names, a birth date, digits of a phone. */
import { Trans, useLingui } from '@lingui/react/macro'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { findPatients, type PatientSummary } from '../../../../server/people/contract.ts'
import { asking } from '../../call.ts'
import { TextField } from '../../ui/field.tsx'
import { sayPhone } from '../../ui/house.ts'
import { Refusal } from '../../ui/refusal.tsx'
import { dateName } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import css from './desk.module.css'

/** `onPick`: with it the found are buttons, else they are shown. */
export function PatientLookup({ onPick }: { onPick?: (patient: PatientSummary) => void }) {
  const { t } = useLingui()
  const language = useLanguage()
  const [typed, type] = useState('')
  const q = useLater(typed.trim(), 120)
  const query = useQuery({
    ...asking(findPatients, { query: { q } }),
    enabled: q.length > 1,
    placeholderData: keepPreviousData,
  })
  const patients = q.length > 1 ? (query.data?.patients ?? []) : []
  const line = (one: PatientSummary) =>
    [one.name, one.bornOn && dateName(one.bornOn, language), one.phone && sayPhone(one.phone)]
      .filter(Boolean)
      .join(' · ')
  return (
    <div>
      <TextField
        name="patient-lookup"
        label={t`Find a patient`}
        hint={t`“gon mar”, 2/1/1980 or part of a phone number`}
        icon="search"
        value={typed}
        onChange={type}
        autoComplete="off"
      />
      <Refusal error={query.error} />
      <ul className={css.found} aria-live="polite">
        {patients.map((one) => (
          <li key={one.id}>
            {onPick ? (
              <button type="button" onClick={() => onPick(one)}>
                {line(one)}
              </button>
            ) : (
              line(one)
            )}
          </li>
        ))}
      </ul>
      {q.length > 1 && query.isSuccess && patients.length === 0 && (
        <p className={css.quiet}>
          <Trans>Nobody is found.</Trans>
        </p>
      )}
    </div>
  )
}

/** A value once it has rested for so many milliseconds. */
function useLater<T>(value: T, milliseconds: number): T {
  const [later, set] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => set(value), milliseconds)
    return () => clearTimeout(timer)
  }, [value, milliseconds])
  return later
}
