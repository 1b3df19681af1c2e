/** What helps on the day: what to bring, how to prepare, the way there, and the visit in one's own calendar. */
import { Trans, useLingui } from '@lingui/react/macro'
import type { AppointmentView } from '../../../../server/scheduling/contract.ts'
import { clinicNow } from '../../call.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { sayPhone, useHouse } from '../../ui/house.ts'
import { Stack } from '../../ui/layout.tsx'
import { TickList } from '../../ui/lists.tsx'
import { cityLine } from '../find/place-words.tsx'
import { calendarFile } from './calendar-file.ts'
import css from './visit.module.css'

export function VisitGuide({ visit }: { visit: AppointmentView }) {
  const { bring, prepare, directions, offering } = visit
  return (
    <Stack>
      {bring.length > 0 && (
        <Card as="section" aria-labelledby="bring">
          <h2 id="bring" className={css.title}>
            {offering.mode === 'video' ? <Trans>Have at hand</Trans> : <Trans>Bring with you</Trans>}
          </h2>
          <TickList items={bring} />
        </Card>
      )}
      {prepare.length > 0 && (
        <Card as="section" aria-labelledby="prepare">
          <h2 id="prepare" className={css.title}>
            <Trans>How to prepare</Trans>
          </h2>
          <TickList items={prepare} />
        </Card>
      )}
      {directions && offering.mode !== 'video' && (
        <Card as="section" aria-labelledby="directions">
          <h2 id="directions" className={css.title}>
            <Trans>How to find us</Trans>
          </h2>
          <p className={css.words}>{directions}</p>
        </Card>
      )}
    </Stack>
  )
}

/** Downloads the visit as a calendar file, made here: nothing is sent to anybody. */
export function AddToCalendar({ visit }: { visit: AppointmentView }) {
  const { t } = useLingui()
  const { name, phone } = useHouse()
  const { place, offering } = visit
  const save = () => {
    const file = calendarFile({
      ...visit,
      title: t`Visit at ${name}`,
      where:
        offering.mode === 'video'
          ? t`By video`
          : [place.name, ...place.lines, cityLine(place)].filter(Boolean).join(', '),
      notes: phone ? t`To change it, use the link in your message or call ${sayPhone(phone)}.` : '',
      madeAt: new Date(clinicNow()).toISOString(),
    })
    const url = URL.createObjectURL(new Blob([file], { type: 'text/calendar' }))
    Object.assign(document.createElement('a'), { href: url, download: 'visit.ics' }).click()
    setTimeout(() => URL.revokeObjectURL(url), 10_000)
  }
  return (
    <Button variant="default" icon="calendar" onClick={save}>
      <Trans>Add to calendar</Trans>
    </Button>
  )
}
