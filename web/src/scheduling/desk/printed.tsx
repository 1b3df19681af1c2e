/** The day or the week on paper: a table a clinician, room or place, under the clinic's name; nothing of the screen around it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useSupportWords, noSupport } from '../../people/support/words.ts'
import { sayPhone, useHouse } from '../../ui/house.ts'
import { clock, dateName, dayName, dayOf } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import type { Entry } from './lay-out.ts'
import css from './printed.module.css'

interface PrintedProps {
  heading: string
  zone: string
  lists: readonly { id: string; name: string; entries: readonly Entry[] }[]
  /** Says the day of each visit. */
  withDay?: boolean
}

export function Printed({ heading, zone, lists, withDay = false }: PrintedProps) {
  const { t } = useLingui()
  const language = useLanguage()
  const { name } = useHouse()
  const needs = useSupportWords()
  const filled = lists
    .map((list) => ({ ...list, entries: list.entries.filter(({ kind }) => kind === 'appointment') }))
    .filter(({ entries }) => entries.length > 0)
  return (
    <div className={css.sheet}>
      <p className={css.house}>{name}</p>
      <p className={css.heading}>{heading}</p>
      {filled.length === 0 && (
        <p>
          <Trans>No visit is booked.</Trans>
        </p>
      )}
      {filled.map(({ id, name: whose, entries }) => (
        <table key={id} className={css.list}>
          <caption>{whose}</caption>
          <thead>
            <tr>
              <th scope="col">{t`When`}</th>
              <th scope="col">{t`Patient`}</th>
              <th scope="col">{t`Born`}</th>
              <th scope="col">{t`Phone`}</th>
              <th scope="col">{t`Visit`}</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <tr key={entry.id}>
                <td>
                  {withDay && `${dayName(dayOf(entry.startsAt, zone), language, true)} `}
                  {clock(entry.startsAt, zone, language)}
                </td>
                <td>{entry.patient?.name}</td>
                <td>{entry.patient?.bornOn && dateName(entry.patient.bornOn, language)}</td>
                <td>{entry.patient?.phone && sayPhone(entry.patient.phone)}</td>
                <td>
                  {[entry.visitType, ...entry.resources, ...needs(entry.support ?? noSupport)]
                    .filter(Boolean)
                    .join(' · ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  )
}
