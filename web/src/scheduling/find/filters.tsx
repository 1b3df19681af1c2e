/** What narrows the results: chips of what is set, and every filter, folded away on phones. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useRef, useState, useSyncExternalStore } from 'react'
import { clinicNow } from '../../call.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { useHouse } from '../../ui/house.ts'
import { Icon } from '../../ui/icon.tsx'
import { dayOf } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import { AccessField } from './access.tsx'
import { chips, useFilterWords } from './filter-words.ts'
import { useCounted } from './facets.ts'
import { PlanField } from './plans.tsx'
import { genderWords, languageName, modeWords, partWords } from './said.ts'
import type { CareSearch, Change } from './search.ts'
import css from './filters.module.css'

interface FiltersProps {
  search: CareSearch
  change: Change
}

const wide = typeof matchMedia === 'undefined' ? undefined : matchMedia('(min-width: 62rem)')
const watch = (changed: () => void) => {
  wide?.addEventListener('change', changed)
  return () => wide?.removeEventListener('change', changed)
}

export function Filters({ search, change }: FiltersProps) {
  const isWide = useSyncExternalStore(watch, () => wide?.matches ?? false)
  const [open, setOpen] = useState(false)
  const summary = useRef<HTMLElement>(null)
  const set = chips.filter((field) => search[field] !== undefined && search[field] !== 'any')
  return (
    <div className={css.filters}>
      <Chips set={set} search={search} change={change} />
      <details className={css.drawer} open={isWide || open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary ref={summary} className={css.summary}>
          <Icon name="down" size={20} />
          <Trans>Filters</Trans>
          {set.length > 0 && ` (${set.length})`}
        </summary>
        <div className={css.fields}>
          <Fields search={search} change={change} isSeen={isWide || open} />
          {!isWide && (
            <Button
              onClick={() => {
                setOpen(false)
                summary.current?.focus()
                summary.current?.scrollIntoView({ block: 'start' })
              }}
            >
              <Trans>Show the results</Trans>
            </Button>
          )}
        </div>
      </details>
    </div>
  )
}

/** One button for each filter that is set; it takes the filter off. */
function Chips({ set, search, change }: FiltersProps & { set: readonly (keyof CareSearch)[] }) {
  const { t } = useLingui()
  const words = useFilterWords(search)
  if (!set.length) return null
  return (
    <ul className={css.chips} aria-label={t`Filters in use`}>
      {set.map((field) => (
        <li key={field}>
          <button
            type="button"
            className={css.chip}
            onClick={() => change({ [field]: field === 'access' ? 'any' : undefined })}
          >
            {words(field)}
            <span aria-hidden="true">×</span>
            <span className={css.hidden}>
              <Trans>Take off</Trans>
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

const spokenHere = ['es', 'pt', 'zh', 'vi', 'ht', 'ar', 'fr', 'ru', 'ko', 'km', 'so', 'ase', 'en']

function Fields({ search, change, isSeen }: FiltersProps & { isSeen: boolean }) {
  const { t, i18n } = useLingui()
  const counted = useCounted(search, isSeen)
  const { zone } = useHouse()
  const language = useLanguage()
  const today = dayOf(new Date(clinicNow()).toISOString(), zone)
  const any = (label: string) => ({ value: '', label })
  const of = <V extends string>(words: Record<V, (typeof modeWords)['video']>) =>
    (Object.keys(words) as V[]).map((value) => ({ value, label: i18n._(words[value]) }))
  const tongues = spokenHere.map((value) => ({ value, label: languageName(value, language) }))
  const miles = [2, 5, 10, 25, 50, 100].map((count) => ({ value: String(count), label: t`Within ${count} miles` }))
  return (
    <>
      <SelectField
        name="sort"
        label={t`Order`}
        value={search.sort ?? ''}
        onChange={(sort) => change({ sort: sort as 'distance' | '' })}
        options={[any(t`Soonest open time first`), { value: 'distance', label: t`Nearest first` }]}
      />
      <PlanField
        name="planId"
        value={search.planId ?? ''}
        onChange={(planId) => change({ planId })}
        counted={(plans) => counted('planId', plans)}
      />
      <SelectField
        name="withinMiles"
        label={t`Distance`}
        {...(!search.near && { hint: t`Say a ZIP code or city above first` })}
        value={String(search.withinMiles ?? '')}
        onChange={(count) => change({ withinMiles: count ? Number(count) : undefined })}
        options={[any(t`Any distance`), ...counted('withinMiles', miles)]}
      />
      <TextField
        name="from"
        label={t`Not before`}
        type="date"
        min={today}
        value={search.from ?? ''}
        onChange={(from) => change({ from })}
      />
      <SelectField
        name="part"
        label={t`Time of day`}
        value={search.part ?? ''}
        onChange={(part) => change({ part: part as keyof typeof partWords | '' })}
        options={[any(t`Any time`), ...counted('part', of(partWords))]}
      />
      <SelectField
        name="mode"
        label={t`How`}
        value={search.mode ?? ''}
        onChange={(mode) => change({ mode: mode as keyof typeof modeWords | '' })}
        options={[any(t`In person or by video`), ...counted('mode', of(modeWords))]}
      />
      <SelectField
        name="speaks"
        label={t`Clinician speaks`}
        value={search.speaks ?? ''}
        onChange={(speaks) => change({ speaks })}
        options={[any(t`Any language`), ...counted('speaks', tongues)]}
      />
      <SelectField
        name="gender"
        label={t`Clinician is a`}
        value={search.gender ?? ''}
        onChange={(gender) => change({ gender: gender as keyof typeof genderWords | '' })}
        options={[any(t`Woman or man`), ...counted('gender', of(genderWords))]}
      />
      <SelectField
        name="newPatient"
        label={t`Has the patient been here before?`}
        value={String(search.newPatient ?? '')}
        onChange={(said) => change({ newPatient: said ? said === 'true' : undefined })}
        options={[
          any(t`Does not matter`),
          ...counted('newPatient', [
            { value: 'true', label: t`No, new patient` },
            { value: 'false', label: t`Yes` },
          ]),
        ]}
      />
      <AgeField search={search} change={change} />
      <AccessField search={search} change={change} />
    </>
  )
}

/** Changes the results when it is left or Enter is pressed: '1' on the way to '12' is no question. */
function AgeField({ search, change }: FiltersProps) {
  const { t } = useLingui()
  const [typed, type] = useState(String(search.ageYears ?? ''))
  const tell = () => {
    const age = /^\d{1,3}$/.test(typed) && Number(typed) <= 130 ? Number(typed) : undefined
    if (age !== search.ageYears) change({ ageYears: age })
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        tell()
      }}
    >
      <TextField
        name="ageYears"
        onBlur={tell}
        label={t`Patient’s age`}
        hint={t`In years; 0 for a baby`}
        inputMode="numeric"
        maxLength={3}
        value={typed}
        onChange={type}
      />
    </form>
  )
}
