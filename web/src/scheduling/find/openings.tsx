/** The open times of one kind of visit, a week at a time, with a jump to the next day that has any. */
import { Trans, useLingui } from '@lingui/react/macro'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { LinkProps } from '@tanstack/react-router'
import { useState } from 'react'
import { listOpenings } from '../../../../server/scheduling/contract.ts'
import { asking, clinicNow } from '../../call.ts'
import { Button } from '../../ui/button.tsx'
import { phoneLink, sayPhone, useHouse } from '../../ui/house.ts'
import { Icon } from '../../ui/icon.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { TimeGrid } from '../../ui/time-grid.tsx'
import { dayName, dayOf, daysLater, within, zoneName } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import css from './openings.module.css'

interface OpeningsProps {
  /** Of the days: one below the heading that they stand under. */
  heading?: 'h2' | 'h3'
  offering: string
  /** IANA, of the place. */
  zone: string
  /** The first day shown; today when it is not said or has passed. */
  from?: string | undefined
  onFrom: (day: string) => void
  picked?: string | undefined
  /** Choosing a time calls this ... */
  onPick?: (instant: string) => void
  /** ... or follows this link. */
  linkOf?: (instant: string) => LinkProps
}

const week = 7

/** Paging keeps the focus on its button and says the week politely. */
export function Openings({ offering, zone, from, onFrom, ...choice }: OpeningsProps) {
  const { t } = useLingui()
  const language = useLanguage()
  const today = dayOf(new Date(clinicNow()).toISOString(), zone)
  const first = from && from > today ? from : today
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...asking(listOpenings, { path: { id: offering }, query: { from: first, days: week } }),
    placeholderData: keepPreviousData,
  })
  const said = t`${dayName(first, language, true)} to ${within(dayName(daysLater(first, week - 1), language, true), language)}`
  return (
    <div className={css.openings}>
      <div className={css.head}>
        <Turn back disabled={first <= today} onTurn={() => onFrom(later(daysLater(first, -week), today))} />
        <output className={css.week}>
          {said}
          <span className={css.zone}>
            <Trans>Times in {zoneName(`${first}T18:00:00Z`, zone, language)}</Trans>
          </span>
        </output>
        <Turn onTurn={() => onFrom(daysLater(first, week))} />
      </div>
      {error && <Refusal error={error} onAgain={() => void refetch()} />}
      {!data && !error && <Loading cards={2} />}
      {data && (
        <div className={css.days} data-stale={isPlaceholderData || undefined} aria-busy={isPlaceholderData}>
          {data.days.map(({ day, openings }) => (
            <Day key={day} day={day} times={openings} zone={zone} {...choice} />
          ))}
          {data.days.every(({ openings }) => !openings.length) && (
            <NoneThisWeek nextDay={data.nextDay} onFrom={onFrom} />
          )}
        </div>
      )}
    </div>
  )
}

const later = (a: string, b: string) => (a > b ? a : b)

function Turn({ back = false, disabled = false, onTurn }: { back?: boolean; disabled?: boolean; onTurn: () => void }) {
  const { t } = useLingui()
  return (
    <button
      type="button"
      className={css.turn}
      data-on={!back || undefined}
      aria-label={back ? t`Week before` : t`Week after`}
      aria-disabled={disabled}
      onClick={() => !disabled && onTurn()}
    >
      <Icon name="back" size={26} />
    </button>
  )
}

const fewest = 8

function Day({
  day,
  times,
  zone,
  heading: Heading = 'h2',
  ...choice
}: { day: string; times: readonly string[]; zone: string } & Pick<
  OpeningsProps,
  'heading' | 'picked' | 'onPick' | 'linkOf'
>) {
  const { t } = useLingui()
  const language = useLanguage()
  const [all, showAll] = useState(false)
  const name = dayName(day, language)
  const inWords = within(name, language)
  if (!times.length) return null
  const folded = !all && times.length > fewest + 2
  return (
    <section>
      <Heading className={css.day}>{name}</Heading>
      <TimeGrid
        times={folded ? times.slice(0, fewest) : times}
        zone={zone}
        label={t`Times on ${inWords}`}
        {...choice}
      />
      {folded && (
        <button type="button" className={css.all} onClick={() => showAll(true)}>
          <Trans>
            All {times.length} times on {inWords}
          </Trans>
        </button>
      )}
    </section>
  )
}

function NoneThisWeek({ nextDay, onFrom }: { nextDay: string | null; onFrom: (day: string) => void }) {
  const language = useLanguage()
  const { phone } = useHouse()
  return (
    <output className={css.none}>
      <span className={css.line}>
        <Trans>No open times in these days.</Trans>
      </span>
      {nextDay ? (
        <Button onClick={() => onFrom(nextDay)}>
          <Trans>Next open time: {within(dayName(nextDay, language), language)}</Trans>
        </Button>
      ) : (
        phone && (
          <span className={css.line}>
            <Trans>
              Nothing is open online later either. Call <a href={phoneLink(phone)}>{sayPhone(phone)}</a> and we will
              look together.
            </Trans>
          </span>
        )
      )}
    </output>
  )
}
