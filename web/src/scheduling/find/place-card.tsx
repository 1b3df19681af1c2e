/** One place where a clinician works: its address, phone, hours, and for whom. */
import { Trans } from '@lingui/react/macro'
import { useId } from 'react'
import type { readClinician } from '../../../../server/directory/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { ReportWrong } from '../../directory/report-wrong.tsx'
import { VerifiedLine } from '../../directory/verified-line.tsx'
import { useClinic } from '../../people/clinic.ts'
import { Card } from '../../ui/card.tsx'
import { Tag } from '../../ui/lists.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useLanguage } from '../../ui/use-language.ts'
import { AccessFacts } from './access.tsx'
import { PlaceWords } from './place-words.tsx'
import { hourText, inRows, listOf, weekdayName } from './said.ts'
import css from './clinician.module.css'

type Working = Reply<typeof readClinician>['places'][number]

export function PlaceCard({ at }: { at: Working }) {
  const id = useId()
  const { zone } = useClinic()
  return (
    <Card as="section" aria-labelledby={id}>
      <h2 id={id} className={css.title}>
        {at.place.name}
      </h2>
      {at.hidden && (
        <Notice tone="warn">
          <p>
            <Trans>Others could not reach this clinician here. Call before you come: we are checking it.</Trans>
          </p>
        </Notice>
      )}
      <PlaceWords place={at.place} full nameless />
      <Hours hours={at.hours} />
      <ul className={css.tags}>
        <li>
          {at.acceptsNew ? (
            <Tag tone="good">
              <Trans>New patients welcome</Trans>
            </Tag>
          ) : (
            <Tag tone="warn">
              <Trans>No new patients now</Trans>
            </Tag>
          )}
        </li>
        {at.video && (
          <li>
            <Tag>
              <Trans>Also by video</Trans>
            </Tag>
          </li>
        )}
        <Ages from={at.minAgeYears} until={at.maxAgeYears} />
      </ul>
      <AccessFacts facts={at.access} />
      <VerifiedLine verified={at.verified} zone={zone} />
      <ReportWrong roleId={at.roleId} />
    </Card>
  )
}

function Ages({ from, until }: { from: number; until: number }) {
  if (from <= 0 && until >= 120) return null
  return (
    <li>
      <Tag>
        {from <= 0 ? (
          <Trans>Ages up to {until}</Trans>
        ) : until >= 120 ? (
          <Trans>Ages {from} and over</Trans>
        ) : (
          <Trans>
            Ages {from} to {until}
          </Trans>
        )}
      </Tag>
    </li>
  )
}

/** Monday to Friday in one line where the hours are the same. */
function Hours({ hours }: { hours: Working['hours'] }) {
  const language = useLanguage()
  if (!hours.length) return null
  const days = (weekdays: readonly number[]) =>
    listOf(
      inRows(weekdays).map(([a, b]) =>
        a === b ? weekdayName(a, language) : `${weekdayName(a, language)} – ${weekdayName(b, language)}`,
      ),
      language,
    )
  return (
    <table className={css.hours}>
      <caption>
        <Trans>Hours</Trans>
      </caption>
      <tbody>
        {hours.map(({ weekdays, from, until }) => (
          <tr key={weekdays.join() + from}>
            <th scope="row">{days(weekdays)}</th>
            <td>
              {hourText(from, language)} – {hourText(until, language)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
