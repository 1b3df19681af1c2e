/** One clinician at one place: who, where, why they are here, and the next times as links straight to booking. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useId } from 'react'
import type { CareResult } from '../../../../server/scheduling/contract.ts'
import { Card } from '../../ui/card.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Initials } from '../../ui/initials.tsx'
import { Tag } from '../../ui/lists.tsx'
import { TimeGrid } from '../../ui/time-grid.tsx'
import { zoneName } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import { GroupWords } from './group-words.tsx'
import { NetworkLine } from './network-fact.tsx'
import { milesText } from './said.ts'
import { toBooking, type CareSearch } from './search.ts'
import css from './result-card.module.css'

export function ResultCard({ result, search }: { result: CareResult; search: CareSearch }) {
  const { clinician, offering, place, network, because } = result
  const profile = {
    to: '/clinicians/$id',
    params: { id: clinician.id },
    search: { ...search, offering: offering.id },
  } as const
  const nameId = useId()
  return (
    <Card as="li">
      <article aria-labelledby={nameId} className={css.card}>
        <div className={css.who}>
          <Initials id={clinician.id} initials={clinician.initials} />
          <div>
            <h3 id={nameId} className={css.name}>
              <Link {...profile}>{clinician.name}</Link>
            </h3>
            <p className={css.what}>{result.specialty.name}</p>
          </div>
        </div>
        <div className={css.facts}>
          <p className={css.fact}>
            <Icon name={offering.mode === 'video' ? 'video' : 'place'} size={20} />
            <span>
              {offering.mode === 'video' ? <Trans>By video</Trans> : place.name}
              {offering.mode !== 'video' && place.city && `, ${place.city}`}
              <Miles miles={offering.mode === 'video' ? null : result.miles} />
            </span>
          </p>
          {network && <NetworkLine fact={network} />}
          {because.length > 0 && (
            <p className={css.why}>
              <Trans>Why it is here:</Trans> {because.map(({ text }) => text).join(' · ')}
            </p>
          )}
          {!result.acceptsNew && (
            <p className={css.why}>
              <Tag tone="warn">
                <Trans>Only for people who have been here before</Trans>
              </Tag>
            </p>
          )}
        </div>
        <Times result={result} search={search} profile={profile} />
      </article>
    </Card>
  )
}

function Miles({ miles }: { miles: number | null }) {
  const language = useLanguage()
  if (miles === null) return null
  return (
    <>
      {' · '}
      <Trans>{milesText(miles, language)} miles</Trans>
    </>
  )
}

function Times({
  result: { clinician, offering, openings, place },
  search,
  profile,
}: {
  result: CareResult
  search: CareSearch
  profile: object
}) {
  const { t } = useLingui()
  const language = useLanguage()
  const [first] = openings
  const zone = first && zoneName(first, place.zone, language)
  return (
    <div className={css.times}>
      <p className={css.visit}>
        <strong>{offering.visitType.name}</strong>, <Trans>{offering.minutes} minutes</Trans>
        <GroupWords seats={offering.seats} />
        {zone && <span className={css.zone}>{zone}</span>}
      </p>
      <TimeGrid
        times={openings}
        zone={place.zone}
        label={t`Next open times with ${clinician.name}`}
        linkOf={(at) => ({ to: '/book', search: toBooking(search, offering.id, at) })}
        withDay
      />
      <Link {...profile} to="/clinicians/$id" params={{ id: clinician.id }} hash="times" className={css.more}>
        <Trans>More times</Trans>
        <span className={css.hidden}> {clinician.name}</span>
      </Link>
    </div>
  )
}
