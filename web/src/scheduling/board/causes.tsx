/** Where phantoms come from: what stood in the way, and of which clinicians, visits, places and imports. */
import { Trans, useLingui } from '@lingui/react/macro'
import type { Board } from '../../../../server/scheduling/numbers/contract.ts'
import { useLanguage } from '../../ui/use-language.ts'
import { causeWords } from './cause-words.ts'
import css from '../numbers/numbers.module.css'
import { countText } from '../numbers/said.ts'

export function Causes({ causes }: Pick<Board, 'causes'>) {
  const { t, i18n } = useLingui()
  const language = useLanguage()
  if (causes.reasons.length === 0) return null
  return (
    <>
      <h3>
        <Trans>Where they come from</Trans>
      </h3>
      <div className={css.columns}>
        <table className={css.table}>
          <caption>
            <Trans>What stood in the way</Trans>
          </caption>
          <tbody>
            {causes.reasons.map(({ code, phantoms }) => (
              <tr key={code}>
                <th scope="row">{causeWords[code] ? i18n._(causeWords[code]) : code}</th>
                <td>{countText(phantoms, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <Of name={t`Clinicians`} rows={causes.clinicians} />
        <Of name={t`Visits`} rows={causes.visitTypes} />
        <Of name={t`Places`} rows={causes.places} />
        <Of
          name={t`Where the clinician’s place is kept`}
          rows={causes.feeds.map(({ feed, ...counts }) => ({
            ...counts,
            id: feed,
            name: feed === 'imported' ? t`In imported records` : t`Here, by hand`,
          }))}
        />
      </div>
    </>
  )
}

function Of({ name, rows }: { name: string; rows: Board['causes']['clinicians'] }) {
  const language = useLanguage()
  return (
    <table className={css.table}>
      <caption>{name}</caption>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">{row.name}</th>
            <td>
              <Trans>
                {countText(row.phantoms, language)} of {countText(row.asked, language)}
              </Trans>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
