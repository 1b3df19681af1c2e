/** A bar a day, with the same as a table for who reads rather than looks. */
import { Trans } from '@lingui/react/macro'
import { useLanguage } from '../../ui/use-language.ts'
import { shortDate } from '../find/said.ts'
import css from '../numbers/numbers.module.css'
import { percentText } from '../numbers/said.ts'

interface TrendProps {
  name: string
  days: readonly { day: string; percent: number }[]
}

export function Trend({ name, days }: TrendProps) {
  const language = useLanguage()
  const most = Math.max(...days.map(({ percent }) => percent), 0.01)
  return (
    <div>
      <div className={css.trend} aria-hidden>
        {days.map(({ day, percent }) => (
          <span key={day} className={css.bar} style={{ blockSize: `${(100 * percent) / most}%` }} />
        ))}
      </div>
      <details>
        <summary>{name}</summary>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Day</Trans>
              </th>
              <th scope="col">
                <Trans>Share</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {days.map(({ day, percent }) => (
              <tr key={day}>
                <th scope="row">{shortDate(day, language)}</th>
                <td>{percentText(percent, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </div>
  )
}
