/** Which of a clinician's visits, where, and then its open times as links to booking. */
import { Trans, useLingui } from '@lingui/react/macro'
import type { Place } from '../../../../server/directory/contract.ts'
import type { listOfferings } from '../../../../server/scheduling/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { SelectField } from '../../ui/field.tsx'
import { ChoiceField } from '../../ui/fieldset.tsx'
import { Stack } from '../../ui/layout.tsx'
import { clock, dayName, dayOf, within } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import { TogetherLink } from './together-link.tsx'
import { Openings } from './openings.tsx'
import { toBooking, type CareSearch } from './search.ts'
import css from './clinician.module.css'

type Offered = Reply<typeof listOfferings>['offerings'][number]

interface WhatAndWhenProps {
  offerings: readonly Offered[]
  places: readonly Place[]
  search: CareSearch
  /** An offering's id. */
  chosen: string | undefined
  onChange: (fields: { offering?: string; from?: string }) => void
}

/** Begins with the visit that was asked for, else with the one that is open soonest. */
export function WhatAndWhen({ offerings, places, search, chosen, onChange }: WhatAndWhenProps) {
  const soonest = offerings.toSorted((a, b) => (a.nextOpening ?? '9').localeCompare(b.nextOpening ?? '9'))
  const now = offerings.find(({ offering }) => offering.id === chosen) ?? soonest[0]
  const placeOf = (offered: Offered) => places.find(({ id }) => id === offered.placeId)
  const zone = now && placeOf(now)?.zone
  if (!now || !zone)
    return (
      <p>
        <Trans>Nothing can be booked online with this clinician now. Call us and we will help.</Trans>
      </p>
    )
  return (
    <Stack>
      <KindField
        offerings={soonest}
        placeOf={placeOf}
        value={now.offering.id}
        onChange={(offering) => onChange({ offering })}
      />
      {offerings.length > 4 && (
        <p className={css.hint}>
          <OfferedHint offered={now} place={placeOf(now)} />
        </p>
      )}
      <Openings
        key={now.offering.id}
        heading="h3"
        offering={now.offering.id}
        zone={zone}
        from={search.from ?? (now.nextOpening ? dayOf(now.nextOpening, zone) : undefined)}
        onFrom={(from) => onChange({ from })}
        linkOf={(at) => ({ to: '/book', search: toBooking(search, now.offering.id, at) })}
      />
      <TogetherLink offering={now.offering.id} />
    </Stack>
  )
}

interface KindFieldProps {
  offerings: readonly Offered[]
  placeOf: (offered: Offered) => Place | undefined
  /** An offering's id. */
  value: string
  onChange: (offering: string) => void
}

/** Cards say most; where there are many, a list by place leaves room for the times. */
function KindField({ offerings, placeOf, value, onChange }: KindFieldProps) {
  const { t } = useLingui()
  const field = { name: 'offering', label: t`What kind of visit?`, value, onChange }
  if (offerings.length <= 4)
    return (
      <ChoiceField
        {...field}
        options={offerings.map((offered) => ({
          value: offered.offering.id,
          label: offered.offering.visitType.name,
          hint: <OfferedHint offered={offered} place={placeOf(offered)} />,
        }))}
      />
    )
  const where = (offered: Offered) => (offered.offering.mode === 'video' ? t`By video` : (placeOf(offered)?.name ?? ''))
  const groups = Map.groupBy(offerings, where)
  return (
    <SelectField
      {...field}
      options={[...groups].map(([group, items]) => ({
        group,
        items: items.map(({ offering }) => ({
          value: offering.id,
          label: t`${offering.visitType.name}, ${offering.minutes} minutes`,
        })),
      }))}
    />
  )
}

function OfferedHint({ offered: { offering, nextOpening }, place }: { offered: Offered; place: Place | undefined }) {
  const language = useLanguage()
  return (
    <>
      {offering.mode === 'video' ? <Trans>By video</Trans> : place?.name}
      {', '}
      <Trans>{offering.minutes} minutes</Trans>
      {offering.forPatients === 'new' && (
        <>
          {' · '}
          <Trans>for new patients</Trans>
        </>
      )}
      {offering.forPatients === 'established' && (
        <>
          {' · '}
          <Trans>for people who have been here before</Trans>
        </>
      )}
      {' · '}
      {nextOpening && place ? (
        <Trans>
          next {within(dayName(dayOf(nextOpening, place.zone), language, true), language)},{' '}
          {clock(nextOpening, place.zone, language)}
        </Trans>
      ) : (
        <Trans>nothing open now</Trans>
      )}
    </>
  )
}
