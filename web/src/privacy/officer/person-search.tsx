/** Finds a patient, or a colleague, by name or birth date; nothing more of them is shown than tells one from another. */
import { Trans, useLingui } from '@lingui/react/macro'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { findPeople } from '../../../../server/privacy/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { asking } from '../../call.ts'
import { roleWords } from '../../people/roles.ts'
import { TextField } from '../../ui/field.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import css from './officer.module.css'
import { PatientName } from './who.tsx'

type Found = Reply<typeof findPeople>
export type FoundPatient = Found['patients'][number]
type FoundColleague = Found['colleagues'][number]

interface PersonSearchProps {
  label: string
  error?: string | undefined
  onPatient: (patient: FoundPatient) => void
  /** With it colleagues are found as well. */
  onColleague?: (colleague: FoundColleague) => void
}

/** Each search is written down: it waits until the typing rests. */
const rest = 300

export function PersonSearch({ label, error, onPatient, onColleague }: PersonSearchProps) {
  const { t, i18n } = useLingui()
  const [typed, type] = useState('')
  const [q, ask] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => ask(typed.trim()), rest)
    return () => clearTimeout(timer)
  }, [typed])
  const isAsked = q.length > 1
  const query = useQuery({
    ...asking(findPeople, { query: { q } }),
    enabled: isAsked,
    placeholderData: keepPreviousData,
  })
  const patients = (isAsked && query.data?.patients) || []
  const colleagues = (isAsked && onColleague && query.data?.colleagues) || []
  const roleNames = ({ roles }: FoundColleague) =>
    roles.map((role) => (roleWords[role] ? i18n._(roleWords[role]) : role)).join(', ')
  return (
    <div>
      <TextField
        name="person-search"
        label={label}
        hint={t`A name, or a date of birth as 2/1/1980. Every search is in the trail.`}
        error={error}
        icon="search"
        value={typed}
        onChange={type}
        maxLength={200}
        autoComplete="off"
      />
      <Refusal error={query.error} onAgain={() => void query.refetch()} />
      <ul className={css.found} aria-live="polite" aria-label={t`Found`}>
        {patients.map((one) => (
          <li key={one.id}>
            <button type="button" onClick={() => onPatient(one)}>
              <PatientName patient={one} />
            </button>
          </li>
        ))}
        {colleagues.map((one) => (
          <li key={one.id}>
            <button type="button" onClick={() => onColleague?.(one)}>
              <strong>{one.name}</strong> · {roleNames(one)}
            </button>
          </li>
        ))}
      </ul>
      {isAsked && query.isSuccess && patients.length + colleagues.length === 0 && (
        <p className={css.soft}>
          <Trans>Nobody is found.</Trans>
        </p>
      )}
    </div>
  )
}
