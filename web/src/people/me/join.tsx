/** The account has no record yet: name, birth date and a contact that the clinic knows, proved by a code, find it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { joinRecord, type PersonDetails } from '../../../../server/people/contract.ts'
import { call, clinicNow } from '../../call.ts'
import { emptyDate, readBirthDate, type TypedDate } from '../../ui/birth-date.ts'
import { Button } from '../../ui/button.tsx'
import { DateOfBirth, useDateFaultWords } from '../../ui/date-of-birth.tsx'
import { TextField } from '../../ui/field.tsx'
import { useHouse } from '../../ui/house.ts'
import { Page } from '../../ui/page.tsx'
import { ProblemSummary, useProblems } from '../../ui/problems.tsx'
import { dayOf } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import { Proving } from '../sign-in/by-code.tsx'
import css from './me.module.css'

interface Typed {
  givenName: string
  familyName: string
  born: TypedDate
}

export function Join({ onJoined }: { onJoined: () => Promise<unknown> }) {
  const { t } = useLingui()
  const [typed, type] = useState<Typed>({ givenName: '', familyName: '', born: emptyDate })
  const [person, settle] = useState<PersonDetails>()
  if (!person)
    return (
      <Page title={t`Find your record`} lead={t`Tell us who you are, so that this account opens your record.`}>
        <WhoIAm typed={typed} put={(some) => type({ ...typed, ...some })} onDone={settle} />
        <p>
          <Trans>
            Did the clinic send you an invitation? Open the link in it. Are you new here?{' '}
            <Link to="/">Find care and book</Link>: that needs no record.
          </Trans>
        </p>
        <p>
          <Link to="/me/family">
            <Trans>Act for your child, or for somebody who trusts you</Trans>
          </Link>
        </p>
      </Page>
    )
  return (
    <Page
      title={t`Show that it is you`}
      lead={t`When we cannot be sure, the front desk looks at it. Until then your record here is empty.`}
    >
      <Proving
        hint={<Trans>Use the phone or email that the clinic has of you.</Trans>}
        onProved={async (proof) => {
          await call(joinRecord, { body: { person, proof } })
          await onJoined()
        }}
      />
      <p>
        <Button variant="subtle" onClick={() => settle(undefined)}>
          <Trans>Change name or date of birth</Trans>
        </Button>
      </p>
    </Page>
  )
}

interface WhoIAmProps {
  typed: Typed
  put: (some: Partial<Typed>) => void
  onDone: (person: PersonDetails) => void
}

function WhoIAm({ typed, put, onDone }: WhoIAmProps) {
  const { t } = useLingui()
  const problems = useProblems()
  const read = useReading()
  const wrong = (['month', 'day', 'year'] as const).find((part) => problems.of(`born-${part}`))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { found, person } = read(typed)
    if (problems.report(found) && person) onDone(person)
  }
  return (
    <form onSubmit={submit} noValidate className={css.form}>
      <ProblemSummary problems={problems.problems} tries={problems.tries} />
      <TextField
        name="givenName"
        label={t`First name`}
        value={typed.givenName}
        onChange={(givenName) => put({ givenName })}
        error={problems.of('givenName')}
        maxLength={100}
        autoComplete="given-name"
      />
      <TextField
        name="familyName"
        label={t`Last name`}
        value={typed.familyName}
        onChange={(familyName) => put({ familyName })}
        error={problems.of('familyName')}
        maxLength={100}
        autoComplete="family-name"
      />
      <DateOfBirth
        name="born"
        label={t`Date of birth`}
        value={typed.born}
        onChange={(born) => put({ born })}
        wrong={wrong}
        error={wrong && problems.of(`born-${wrong}`)}
      />
      <Button type="submit">
        <Trans>Continue</Trans>
      </Button>
    </form>
  )
}

/** What was typed, as a person; or what is to be put right in it. */
function useReading() {
  const { t } = useLingui()
  const language = useLanguage()
  const { zone } = useHouse()
  const faultWords = useDateFaultWords()
  return ({ givenName, familyName, born }: Typed) => {
    const day = readBirthDate(born, dayOf(new Date(clinicNow()).toISOString(), zone))
    const found = [
      ...(givenName.trim() === '' ? [{ field: 'givenName', text: t`Enter your first name` }] : []),
      ...(familyName.trim() === '' ? [{ field: 'familyName', text: t`Enter your last name` }] : []),
      ...('fault' in day ? [{ field: `born-${day.part}`, text: faultWords(day) }] : []),
    ]
    if ('fault' in day) return { found }
    const person = { givenName: givenName.trim(), familyName: familyName.trim(), bornOn: day.bornOn, language }
    return { found, person }
  }
}
