/** The access log by day: who did what to whose record, why and how often. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import type { readAccessLog } from '../../../../server/privacy/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { useClinic } from '../../people/clinic.ts'
import { Card } from '../../ui/card.tsx'
import { Tag } from '../../ui/lists.tsx'
import { clock, dateName } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import { actionWords, purposeWords, thingWords, unknownAction, unknownThing } from '../deed-words.ts'
import css from './officer.module.css'
import { logPurposes, logThings } from './officer-words.ts'
import { Colleague, PatientName } from './who.tsx'

export type Deed = Reply<typeof readAccessLog>['deeds'][number]

/** `withPatient`: whose record it was, on each line; a log of one record says it once. */
export function LogDays({ deeds, withPatient }: { deeds: readonly Deed[]; withPatient: boolean }) {
  const language = useLanguage()
  return [...Map.groupBy(deeds, ({ day }) => day)].map(([day, some]) => (
    <Card key={day} as="section" aria-labelledby={`day-${day}`}>
      <h2 id={`day-${day}`} className={css.title}>
        {dateName(day, language)}
      </h2>
      <ul className={css.list}>
        {some.map((deed, at) => (
          <Line key={at} deed={deed} withPatient={withPatient} />
        ))}
      </ul>
    </Card>
  ))
}

function Line({ deed, withPatient }: { deed: Deed; withPatient: boolean }) {
  const { i18n } = useLingui()
  const { zone } = useClinic()
  const language = useLanguage()
  const { times } = deed
  const reason = deed.purpose === 'BREAK-GLASS' ? undefined : (logPurposes[deed.purpose] ?? purposeWords[deed.purpose])
  const last = clock(deed.lastAt, zone, language)
  const isColleague = deed.who.name !== null && deed.who.id.startsWith('person:')
  const personId = isColleague ? deed.who.id.slice('person:'.length) : undefined
  const who = <Colleague person={deed.who} />
  return (
    <li>
      {personId === undefined ? (
        who
      ) : (
        <Link to="/officer/log" search={{ personId }}>
          {who}
        </Link>
      )}
      {withPatient && deed.patient && (
        <>
          {' → '}
          <Link to="/officer/log" search={{ patientId: deed.patient.id }}>
            <PatientName patient={deed.patient} />
          </Link>
        </>
      )}
      <span className={css.line}>
        {i18n._(actionWords[deed.action] ?? unknownAction)}:{' '}
        {i18n._(logThings[deed.what] ?? thingWords[deed.what] ?? unknownThing)}{' '}
        {deed.outcome === 'refused' && (
          <Tag tone="warn">
            <Trans>was not let in</Trans>
          </Tag>
        )}{' '}
        {deed.purpose === 'BREAK-GLASS' && (
          <Tag tone="warn">
            <Trans>through broken glass</Trans>
          </Tag>
        )}
      </span>
      <span className={css.soft}>
        {reason && <>{i18n._(reason)} · </>}
        <Plural value={times} one={`Once, at ${last}`} other={`# times, last at ${last}`} />
      </span>
    </li>
  )
}
