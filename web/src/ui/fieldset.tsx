/** Questions with several parts or several answers, as browsers know them: a fieldset, its legend, its hint and error. */
import type { ReactNode } from 'react'
import { FieldWords, Optional, toldBy, type FieldProps } from './field.tsx'
import css from './field.module.css'

/** The frame of a question with parts; `name` is the id that the problem summary leads to, on the first part. */
export function Fieldset({
  name,
  label,
  hint,
  error,
  optional = false,
  children,
}: FieldProps & { children: ReactNode }) {
  const { 'aria-describedby': told } = toldBy({ name, hint, error })
  return (
    <fieldset className={css.fieldset} {...(told && { 'aria-describedby': told })}>
      <legend className={css.label}>
        {label}
        {optional && <Optional />}
      </legend>
      <FieldWords name={name} hint={hint} error={error} />
      {children}
    </fieldset>
  )
}

export interface Choice<V extends string> {
  value: V
  label: ReactNode
  hint?: ReactNode
}

interface ChoiceProps<V extends string> extends FieldProps {
  options: readonly Choice<V>[]
  /** Empty while nothing is chosen. */
  value: V | ''
  onChange: (value: V) => void
  /** Side by side where there is room. */
  inline?: boolean
}

/** One of a few: big radio cards. */
export function ChoiceField<V extends string>({ options, value, onChange, inline, ...field }: ChoiceProps<V>) {
  return (
    <Fieldset {...field}>
      <div className={css.choices} data-inline={inline || undefined}>
        {options.map((option, at) => (
          <label key={option.value} className={css.choice}>
            <input
              type="radio"
              id={at === 0 ? field.name : undefined}
              name={field.name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>
              {option.label}
              {option.hint && <span className={css.choiceHint}>{option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </Fieldset>
  )
}

interface CheckProps {
  name: string
  label: ReactNode
  checked: boolean
  onChange: (checked: boolean) => void
}

/** Yes or no. */
export function CheckField({ name, label, checked, onChange }: CheckProps) {
  return (
    <label className={css.choice}>
      <input
        type="checkbox"
        id={name}
        name={name}
        checked={checked}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  )
}
