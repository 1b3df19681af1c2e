/** A visit in five facts: what, with whom, when, where; the same before and after it is booked. */
import { Trans, useLingui } from '@lingui/react/macro'
import type { Clinician, Place } from '../../../../server/directory/contract.ts'
import type { Offering } from '../../../../server/scheduling/contract.ts'
import { clinicNow } from '../../call.ts'
import { ClinicTime } from '../../ui/clinic-time.tsx'
import { phoneLink, sayPhone, useHouse } from '../../ui/house.ts'
import { FactList, type Fact } from '../../ui/lists.tsx'
import { clock, longDay, within, zoneName } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import { GroupWords } from '../find/group-words.tsx'
import { PlaceWords } from '../find/place-words.tsx'

export interface VisitParts {
  offering: Offering
  clinician: Clinician
  place: Place
  /** ISO instant. */
  startsAt: string
}

/** `more` comes after. `full` adds the phone and the map of the place. */
export function VisitFacts({
  visit,
  more = [],
  full = false,
}: {
  visit: VisitParts
  more?: readonly Fact[]
  full?: boolean
}) {
  const { t } = useLingui()
  const { offering, clinician, place, startsAt } = visit
  const video = offering.mode === 'video'
  const facts: Fact[] = [
    { name: t`When`, icon: 'calendar', value: <ClinicTime at={startsAt} zone={place.zone} video={video} /> },
    { name: t`With`, icon: 'speech', value: clinician.name },
    { name: t`What`, icon: 'info', value: <What offering={offering} /> },
    {
      name: t`Where`,
      icon: video ? 'video' : 'place',
      value: video ? <Trans>By video, wherever you are</Trans> : <PlaceWords place={place} full={full} />,
    },
  ]
  return <FactList facts={[...facts, ...more]} />
}

const What = ({ offering: { visitType, minutes, seats } }: { offering: Offering }) => (
  <>
    {visitType.name}, <Trans>{minutes} minutes</Trans>
    <GroupWords seats={seats} />
  </>
)

/** Until when it can be changed online, said before anything is booked or changed. */
export function ChangePolicy({
  startsAt,
  zone,
  cutoffMinutes,
}: {
  startsAt: string
  zone: string
  cutoffMinutes: number
}) {
  const language = useLanguage()
  const { phone } = useHouse()
  const until = new Date(Date.parse(startsAt) - cutoffMinutes * 60_000).toISOString()
  if (Date.parse(until) < clinicNow())
    return (
      <Trans>
        This visit is so soon that it cannot be moved or cancelled online. If you cannot come, call{' '}
        <a href={phoneLink(phone)}>{sayPhone(phone)}</a>.
      </Trans>
    )
  return (
    <Trans>
      You can move or cancel this visit online, free of charge, until{' '}
      <strong>
        {within(longDay(until, zone, language), language)}, {clock(until, zone, language)}{' '}
        {zoneName(until, zone, language)}
      </strong>
      . After that, call us.
    </Trans>
  )
}
