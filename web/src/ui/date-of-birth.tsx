/** A date of birth in three boxes, in the order people write it in their language. */
import { useLingui } from '@lingui/react/macro'
import { msg } from '@lingui/core/macro'
import type { DateFault, TypedDate } from './birth-date.ts'
import type { FieldProps } from './field.tsx'
import { Fieldset } from './fieldset.tsx'
import { useLanguage } from './use-language.ts'
import css from './field.module.css'

interface DateOfBirthProps extends Omit<FieldProps, 'optional'> {
  value: TypedDate
  onChange: (value: TypedDate) => void
  /** Which box the error is about. */
  wrong?: keyof TypedDate | undefined
  /** False when it is somebody else's, so that the browser does not offer the reader's own. */
  own?: boolean
}

const order = { en: ['month', 'day', 'year'], es: ['day', 'month', 'year'] } as const
const words = { month: msg`Month`, day: msg`Day`, year: msg`Year` }
const faults = {
  missing: msg`Enter the date of birth: month, day and year`,
  not_a_date: msg`Check the date of birth: this day is not on the calendar`,
  future: msg`Check the date of birth: it is in the future`,
  too_long_ago: msg`Check the year of birth`,
}

/** How to put a faulty date of birth right, in the reader's language. */
export function useDateFaultWords(): (fault: DateFault) => string {
  const { i18n } = useLingui()
  return ({ fault }) => i18n._(faults[fault])
}

/** The element ids are `name-month`, `name-day`, `name-year`: a problem's `field` is one of them. */
export function DateOfBirth({ value, onChange, wrong, own = true, ...field }: DateOfBirthProps) {
  const { i18n } = useLingui()
  return (
    <Fieldset {...field}>
      <div className={css.parts}>
        {order[useLanguage()].map((part) => (
          <label key={part} className={css.part} data-part={part}>
            {i18n._(words[part])}
            <input
              id={`${field.name}-${part}`}
              className={css.control}
              inputMode="numeric"
              maxLength={part === 'year' ? 4 : 2}
              autoComplete={own ? `bday-${part}` : 'off'}
              aria-invalid={Boolean(field.error) && (wrong === undefined || wrong === part)}
              value={value[part]}
              onChange={(event) => onChange({ ...value, [part]: event.currentTarget.value })}
            />
          </label>
        ))}
      </div>
    </Fieldset>
  )
}
