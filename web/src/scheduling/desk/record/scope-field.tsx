/** What somebody may do for a patient, and until when, as the desk decides it. */
import { useLingui } from '@lingui/react/macro'
import { allScopes, scopeWords, type Scope } from '../../../people/family/scope-words.ts'
import { TextField } from '../../../ui/field.tsx'
import { CheckField, Fieldset } from '../../../ui/fieldset.tsx'

interface ScopeFieldProps {
  name: string
  scopes: readonly Scope[]
  onChange: (scopes: readonly Scope[]) => void
  error: string | undefined
}

export function ScopeField({ name, scopes, onChange, error }: ScopeFieldProps) {
  const { t, i18n } = useLingui()
  return (
    <Fieldset name={name} label={t`They may`} error={error}>
      {allScopes.map((scope, at) => (
        <CheckField
          key={scope}
          name={at === 0 ? name : `${name}-${scope}`}
          label={i18n._(scopeWords[scope])}
          checked={scopes.includes(scope)}
          onChange={(isOn) => onChange(allScopes.filter((one) => (one === scope ? isOn : scopes.includes(one))))}
        />
      ))}
    </Fieldset>
  )
}

interface UntilFieldProps {
  name: string
  /** YYYY-MM-DD or empty. */
  value: string
  onChange: (day: string) => void
}

export function UntilField({ name, value, onChange }: UntilFieldProps) {
  const { t } = useLingui()
  return (
    <TextField
      name={name}
      type="date"
      label={t`Until`}
      hint={t`Leave it empty and it goes on until somebody ends it, or the child is of age.`}
      optional
      value={value}
      onChange={onChange}
    />
  )
}

/** The end of that day, where the desk is, as an instant. */
export const endOfDay = (day: string) => new Date(`${day}T23:59:59`).toISOString()
