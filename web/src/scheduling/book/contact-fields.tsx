/** How the patient is reached: a mobile or email, or a landline that gets a call. */
import { useLingui } from '@lingui/react/macro'
import { TextField } from '../../ui/field.tsx'
import { CheckField } from '../../ui/fieldset.tsx'
import { PhoneOrEmail } from '../../ui/phone-or-email.tsx'
import type { BookingDraft } from './draft.ts'

interface ContactFieldsProps {
  draft: BookingDraft
  put: (part: Partial<BookingDraft>) => void
  of: (field: string) => string | undefined
}

export function ContactFields({ draft, put, of }: ContactFieldsProps) {
  const { t } = useLingui()
  return (
    <>
      {draft.onlyLandline ? (
        <TextField
          name="landline"
          label={t`Landline phone`}
          hint={t`We call you to confirm. There is no code to type.`}
          type="tel"
          inputMode="tel"
          autoComplete="tel"
          maxLength={30}
          value={draft.landline}
          onChange={(landline) => put({ landline })}
          error={of('landline')}
        />
      ) : (
        <PhoneOrEmail
          name="contact"
          value={draft.contact}
          onChange={(contact) => put({ contact })}
          error={of('contact')}
        />
      )}
      <CheckField
        name="onlyLandline"
        label={t`I only have a landline`}
        checked={draft.onlyLandline}
        onChange={(onlyLandline) => put({ onlyLandline })}
      />
    </>
  )
}
