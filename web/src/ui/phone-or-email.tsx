/** One box for a phone number or an email address. */
import { useLingui } from '@lingui/react/macro'
import { TextField } from './field.tsx'

interface PhoneOrEmailProps {
  name: string
  value: string
  onChange: (value: string) => void
  error?: string | undefined
  label?: string
  hint?: string
}

/** Read its value with `readContact`. */
export function PhoneOrEmail({ label, hint, ...rest }: PhoneOrEmailProps) {
  const { t } = useLingui()
  return (
    <TextField
      {...rest}
      label={label ?? t`Mobile phone or email`}
      hint={hint ?? t`We send a code to it, then your confirmation and reminders. Nothing else.`}
      type="text"
      inputMode="email"
      autoComplete="email"
      spellCheck={false}
      maxLength={254}
    />
  )
}
