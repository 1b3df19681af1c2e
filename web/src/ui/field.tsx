/** One question of a form: always with a visible label, its hint and its error told to screen readers with it. Native parts only. */
import { Trans } from '@lingui/react/macro'
import type { ComponentProps, ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'
import css from './field.module.css'

export interface FieldProps {
  /** Also the id, so that the problem summary can lead to it. */
  name: string
  label: ReactNode
  hint?: ReactNode
  error?: string | undefined
  /** Questions are required unless they say otherwise. */
  optional?: boolean
}

export interface Typed extends FieldProps {
  value: string
  onChange: (value: string) => void
}

/** Around a native control: its words above it. `id` is the control's. */
export function Field({ name, label, hint, error, optional = false, children }: FieldProps & { children: ReactNode }) {
  return (
    <div className={css.field}>
      <label className={css.label} htmlFor={name}>
        {label}
        {optional && <Optional />}
      </label>
      <FieldWords name={name} hint={hint} error={error} />
      {children}
    </div>
  )
}

/** The hint and the error of a field, with the ids that `toldBy` names. */
export function FieldWords({ name, hint, error }: Pick<FieldProps, 'name' | 'hint' | 'error'>) {
  return (
    <>
      {hint && (
        <p id={`${name}-hint`} className={css.hint}>
          {hint}
        </p>
      )}
      {error && (
        <p id={`${name}-error`} className={css.error}>
          <Icon name="alert" size={18} />
          {error}
        </p>
      )}
    </>
  )
}

/** 'Optional', said in words beside the label. */
export const Optional = () => (
  <span className={css.optional}>
    {' '}
    <Trans>(optional)</Trans>
  </span>
)

/** The attributes by which a control is described by its hint and error. */
export function toldBy({ name, hint, error }: Pick<FieldProps, 'name' | 'hint' | 'error'>) {
  const ids = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')
  return { ...(ids && { 'aria-describedby': ids }), ...(error && { 'aria-invalid': true as const }) }
}

type Native = Pick<
  ComponentProps<'input'>,
  | 'autoComplete'
  | 'inputMode'
  | 'maxLength'
  | 'placeholder'
  | 'type'
  | 'spellCheck'
  | 'list'
  | 'min'
  | 'max'
  | 'enterKeyHint'
  | 'onBlur'
>

/** A line of text; `icon` is drawn inside it. `type="date"` opens the browser's own calendar (value YYYY-MM-DD). */
export function TextField(props: Typed & Native & { icon?: IconName }) {
  const { label, hint, error, optional = false, value, onChange, icon, ...native } = props
  const words = { name: native.name, label, hint, error, optional }
  return (
    <Field {...words}>
      <span className={css.box} data-icon={icon && ''}>
        {icon && <Icon name={icon} />}
        <input
          type="text"
          {...native}
          {...toldBy(words)}
          id={native.name}
          className={css.control}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      </span>
    </Field>
  )
}

/** A few lines of text. */
export function LongTextField({ value, onChange, maxLength, ...field }: Typed & { maxLength: number }) {
  return (
    <Field {...field}>
      <textarea
        {...toldBy(field)}
        id={field.name}
        name={field.name}
        className={css.control}
        rows={3}
        maxLength={maxLength}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </Field>
  )
}

interface Option {
  value: string
  label: string
}

type Options = readonly (Option | { group: string; items: readonly Option[] })[]

/** The browser's own list, which every phone and screen reader knows. Groups: `{ group, items }`. */
export function SelectField({ value, onChange, options, ...field }: Typed & { options: Options }) {
  return (
    <Field {...field}>
      <span className={css.box} data-list="">
        <select
          {...toldBy(field)}
          id={field.name}
          name={field.name}
          className={css.control}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        >
          {options.map((entry) =>
            'items' in entry ? (
              <optgroup key={entry.group} label={entry.group}>
                {entry.items.map(asOption)}
              </optgroup>
            ) : (
              asOption(entry)
            ),
          )}
        </select>
        <Icon name="down" />
      </span>
    </Field>
  )
}

const asOption = ({ value, label }: Option) => (
  <option key={value} value={value}>
    {label}
  </option>
)
