/** Makes a calendar address: of whose days, when there are several. Its words are in the language of the page. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { makeFeed, type listFeeds } from '../../../../server/fhir/calendar-feed/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { call } from '../../call.ts'
import css from '../../people/staff/staff.module.css'
import { BusyButton } from '../../ui/busy-button.tsx'
import { SelectField } from '../../ui/field.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { useLanguage } from '../../ui/use-language.ts'
import type { Address } from './address-shown.tsx'

interface MakeAddressProps {
  clinicians: Reply<typeof listFeeds>['clinicians']
  onMade: (address: Address) => void
}

export function MakeAddress({ clinicians, onMade }: MakeAddressProps) {
  const { t } = useLingui()
  const language = useLanguage()
  const [chosen, choose] = useState(clinicians[0]?.id ?? '')
  const clinician = clinicians.find(({ id }) => id === chosen) ?? clinicians[0]
  const making = useMutation({
    // Without the network it is refused at once, not sent some time later.
    networkMode: 'always',
    mutationFn: ({ id }: { id: string }) => call(makeFeed, { body: { clinicianId: id, language } }),
    onSuccess: (made) => onMade({ ...made, clinician: clinician?.name ?? '' }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (clinician && !making.isPending) making.mutate(clinician)
  }
  return (
    <form onSubmit={submit} className={css.form}>
      {clinicians.length > 1 && (
        <SelectField
          name="clinician"
          label={t`Whose visits`}
          value={clinician?.id ?? ''}
          onChange={choose}
          options={clinicians.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      <Refusal error={making.error} />
      <div>
        <BusyButton type="submit" busy={making.isPending}>
          <Trans>Make an address</Trans>
        </BusyButton>
      </div>
    </form>
  )
}
