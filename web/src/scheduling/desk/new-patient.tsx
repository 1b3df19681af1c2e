/** Somebody who is new here, as they say it on the phone or at the counter. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import type { BookingRequest } from '../../../../server/scheduling/contract.ts'
import { emptyDate, readBirthDate, type TypedDate } from '../../ui/birth-date.ts'
import { readContact } from '../../ui/contact.ts'
import { DateOfBirth, useDateFaultWords } from '../../ui/date-of-birth.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { PhoneOrEmail } from '../../ui/phone-or-email.tsx'
import { ProblemSummary, useProblems, type Problem } from '../../ui/problems.tsx'
import { useLanguage } from '../../ui/use-language.ts'
import css from './desk.module.css'

export type NewGuest = NonNullable<BookingRequest['guest']>

interface NewPatientProps {
  /** YYYY-MM-DD at the clinic. */
  today: string
  onGiven: (guest: NewGuest) => void
  onBack: () => void
}

/** The server says whether they look like somebody known: the front desk's list of possible matches. */
export function NewPatient({ today, onGiven, onBack }: NewPatientProps) {
  const { t } = useLingui()
  const dateWords = useDateFaultWords()
  const problems = useProblems()
  const [givenName, setGivenName] = useState('')
  const [familyName, setFamilyName] = useState('')
  const [born, setBorn] = useState<TypedDate>(emptyDate)
  const [contact, setContact] = useState('')
  const [language, setLanguage] = useState<string>(useLanguage())
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const read = readBirthDate(born, today)
    const told = readContact(contact)
    const found: Problem[] = [
      ...(givenName.trim() ? [] : [{ field: 'new-given', text: t`Enter the first name` }]),
      ...(familyName.trim() ? [] : [{ field: 'new-family', text: t`Enter the last name` }]),
      ...('fault' in read ? [{ field: `new-born-${read.part}`, text: dateWords(read) }] : []),
      ...(told ? [] : [{ field: 'new-contact', text: t`Enter a phone number or an email` }]),
    ]
    if (!problems.report(found) || 'fault' in read || !told) return
    const said = language === 'es' ? ('es' as const) : ('en' as const)
    const person = { givenName: givenName.trim(), familyName: familyName.trim(), bornOn: read.bornOn, language: said }
    onGiven({ person, contact: { told } })
  }
  const wrong = (['month', 'day', 'year'] as const).find((part) => problems.of(`new-born-${part}`))
  return (
    <form onSubmit={submit} noValidate className={css.stack}>
      <ProblemSummary problems={problems.problems} tries={problems.tries} />
      <TextField
        name="new-given"
        label={t`First name`}
        value={givenName}
        onChange={setGivenName}
        error={problems.of('new-given')}
        autoComplete="off"
        maxLength={100}
      />
      <TextField
        name="new-family"
        label={t`Last name`}
        value={familyName}
        onChange={setFamilyName}
        error={problems.of('new-family')}
        autoComplete="off"
        maxLength={100}
      />
      <DateOfBirth
        name="new-born"
        label={t`Date of birth`}
        own={false}
        value={born}
        onChange={setBorn}
        error={wrong && problems.of(`new-born-${wrong}`)}
        wrong={wrong}
      />
      <PhoneOrEmail
        name="new-contact"
        label={t`Phone or email`}
        hint={t`The confirmation goes there.`}
        value={contact}
        onChange={setContact}
        error={problems.of('new-contact')}
      />
      <SelectField
        name="new-language"
        label={t`Language`}
        value={language}
        onChange={setLanguage}
        options={[
          { value: 'en', label: 'English' },
          { value: 'es', label: 'Español' },
        ]}
      />
      <Group>
        <Button type="submit">
          <Trans>Use these details</Trans>
        </Button>
        <Button variant="default" onClick={onBack}>
          <Trans>Look for somebody known</Trans>
        </Button>
      </Group>
    </form>
  )
}
