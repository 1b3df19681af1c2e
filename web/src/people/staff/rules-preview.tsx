/** What the rules come to for somebody: said with days, before anything is saved. */
import { Trans } from '@lingui/react/macro'
import { clinicNow } from '../../call.ts'
import { Notice } from '../../ui/notice.tsx'
import { dateName, dayOf, daysLater } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import { useClinic } from '../clinic.ts'
import type { Rules } from './rules.tsx'

/** The example's child is about ten, with a birthday that every year has. */
const exampleAge = 10
const exampleBirthday = '06-15'

export function Preview({ part, rules }: { part: 'parents' | 'team'; rules: Rules }) {
  const { zone } = useClinic()
  const today = dayOf(new Date(clinicNow()).toISOString(), zone)
  return (
    <Notice says="polite">
      <p>{part === 'parents' ? <OfParents rules={rules} today={today} /> : <OfTeam rules={rules} today={today} />}</p>
    </Notice>
  )
}

function OfParents({ rules: { confidentialFromYears, proxyEndsYears }, today }: { rules: Rules; today: string }) {
  const language = useLanguage()
  const year = Number(today.slice(0, 4)) - exampleAge
  const birthday = (years: number) => dateName(`${year + years}-${exampleBirthday}`, language)
  const [born, shrinks, ends] = [birthday(0), birthday(confidentialFromYears), birthday(proxyEndsYears)]
  if (confidentialFromYears >= proxyEndsYears)
    return (
      <Trans>
        A parent of a child born on {born} sees everything until {ends}, and nothing from then on.
      </Trans>
    )
  if (confidentialFromYears === 0)
    return (
      <Trans>
        A parent of a child born on {born} never sees what is confidential, the rest until {ends}, and nothing from then
        on.
      </Trans>
    )
  return (
    <Trans>
      A parent of a child born on {born} sees everything until {shrinks}, then all but what is confidential until {ends}
      , and nothing from then on.
    </Trans>
  )
}

function OfTeam({ rules: { teamDays }, today }: { rules: Rules; today: string }) {
  const language = useLanguage()
  const [from, on, until] = [-teamDays, 0, teamDays].map((days) => dateName(daysLater(today, days), language))
  return (
    <Trans>
      For a visit on {on} the record is open to those who work with its clinician from {from} until {until}.
    </Trans>
  )
}
