/** What a rule would do, before it is proposed: past weeks, coming openings, and the visits that stand against it. */
import { Plural, Trans } from '@lingui/react/macro'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import type { previewRule } from '../../../../server/scheduling/rules/contract.ts'
import { useClinic } from '../../people/clinic.ts'
import { Notice } from '../../ui/notice.tsx'
import { clock, dateName, dayOf } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import css from './rules.module.css'

export function Preview({ told: { unfit, past, openings, broken } }: { told: Reply<typeof previewRule> }) {
  const language = useLanguage()
  const { zone } = useClinic()
  const changed = openings.clinicians.filter(({ before, after }) => before !== after)
  const { weeks, visits, refused } = past
  return (
    <Notice
      tone={unfit ? 'bad' : broken.length > 0 ? 'warn' : 'info'}
      says="polite"
      title={<Trans>What it would do</Trans>}
    >
      {unfit && (
        <p>
          <Trans>It cannot be proposed like this.</Trans> {(language === 'es' && unfit.es) || unfit.sentence}
        </p>
      )}
      <p>
        <Trans>
          In the past {weeks} weeks it would have refused {refused} of {visits} visits.
        </Trans>
      </p>
      {changed.length === 0 ? (
        <p>
          <Trans>Openings of the coming weeks stay as they are.</Trans>
        </p>
      ) : (
        <table className={css.table}>
          <caption>
            <Trans>Openings in the four weeks from {dateName(openings.fromDay, language)}</Trans>
          </caption>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Clinician</Trans>
              </th>
              <th scope="col">
                <Trans>Now</Trans>
              </th>
              <th scope="col">
                <Trans>Then</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {changed.map(({ id, name, before, after }) => (
              <tr key={id}>
                <th scope="row">{name}</th>
                <td>{before}</td>
                <td>{after}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {openings.more > 0 && (
        <p>
          <Plural
            value={openings.more}
            one="One more clinician was not counted."
            other="# more clinicians were not counted."
          />
        </p>
      )}
      {broken.length > 0 && (
        <>
          <p>
            <Plural
              value={broken.length}
              one="One visit that is booked stands against it. It is not cancelled: you keep it or move it."
              other="# visits that are booked stand against it. None is cancelled: you keep or move each."
            />
          </p>
          <ul className={css.told}>
            {broken.slice(0, 20).map(({ appointmentId, startsAt, clinician, visitType }) => (
              <li key={appointmentId}>
                {dateName(dayOf(startsAt, zone), language)}, {clock(startsAt, zone, language)}: {visitType}, {clinician}
              </li>
            ))}
          </ul>
        </>
      )}
    </Notice>
  )
}
