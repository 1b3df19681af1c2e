/** People as the privacy officer's lists name them: patients with their birth date, colleagues with their role. */
import { Trans, useLingui } from '@lingui/react/macro'
import { roleWords } from '../../people/roles.ts'
import { dateName } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'

interface Patient {
  name: string
  bornOn: string | null
}

export function PatientName({ patient }: { patient: Patient | null }) {
  const language = useLanguage()
  if (!patient) return <Trans>A patient whose record is gone</Trans>
  const { name, bornOn } = patient
  const born = bornOn && dateName(bornOn, language)
  return (
    <>
      <strong>{name}</strong>
      {born && (
        <>
          {' · '}
          <Trans>born {born}</Trans>
        </>
      )}
    </>
  )
}

/** The name and what they work as; the role alone where there is no name, as of the site itself. */
export function Colleague({ person }: { person: { name: string | null; role: string } }) {
  const { i18n } = useLingui()
  const spoken = roleWords[person.role]
  const role = spoken ? i18n._(spoken) : person.role
  return (
    <>
      <strong>{person.name ?? role}</strong>
      {person.name !== null && ` · ${role}`}
    </>
  )
}
