/** Who opened my record: by day, who in which role, what they did and why, in plain words. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { readMyAccessReport } from '../../../server/privacy/contract.ts'
import type { Reply } from '../../../server/platform/endpoint.ts'
import { asking } from '../call.ts'
import { OwnPage } from '../people/me/own-page.tsx'
import { roleWords } from '../people/roles.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Empty } from '../ui/empty.tsx'
import { useHouse } from '../ui/house.ts'
import { Row, Stack } from '../ui/layout.tsx'
import { Tag } from '../ui/lists.tsx'
import { clock, dayName } from '../ui/time.ts'
import { useLanguage } from '../ui/use-language.ts'
import { actionWords, purposeWords, thingWords, unknownAction, unknownThing } from './deed-words.ts'
import css from './privacy.module.css'

type Deed = Reply<typeof readMyAccessReport>['deeds'][number]

export function Screen() {
  const { t } = useLingui()
  const [before, go] = useState<string>()
  const asked = useQuery(asking(readMyAccessReport, { query: before === undefined ? {} : { before } }))
  return (
    <OwnPage
      title={t`Who opened my record`}
      lead={t`A month at a time, the newest first. Nobody can open your record without being written down here.`}
      asked={asked}
    >
      {({ deeds, earlier }) => (
        <Stack>
          {deeds.length === 0 && (
            <Empty title={t`Nobody opened it in this month`}>
              <p>
                <Trans>Look at an earlier month, or come back later.</Trans>
              </p>
            </Empty>
          )}
          {byDay(deeds).map(([day, some]) => (
            <Day key={day} day={day} deeds={some} />
          ))}
          <p className={css.soft}>
            <Trans>Something you do not expect? Call us and ask for the privacy officer.</Trans>
          </p>
          <Row>
            {earlier !== null && (
              <Button variant="default" onClick={() => go(earlier)}>
                <Trans>Earlier</Trans>
              </Button>
            )}
            {before !== undefined && (
              <Button variant="default" onClick={() => go(undefined)}>
                <Trans>Back to the newest</Trans>
              </Button>
            )}
          </Row>
        </Stack>
      )}
    </OwnPage>
  )
}

/** The days as they come, each with its deeds. */
function byDay(deeds: readonly Deed[]): [string, Deed[]][] {
  const days = new Map<string, Deed[]>()
  for (const deed of deeds) days.set(deed.day, [...(days.get(deed.day) ?? []), deed])
  return [...days]
}

function Day({ day, deeds }: { day: string; deeds: readonly Deed[] }) {
  const language = useLanguage()
  return (
    <Card as="section" aria-labelledby={`day-${day}`}>
      <h2 id={`day-${day}`} className={css.title}>
        {dayName(day, language)}
      </h2>
      <ul className={css.list}>
        {deeds.map((deed, at) => (
          <Line key={at} {...deed} />
        ))}
      </ul>
    </Card>
  )
}

function Line({ who, action, what, purpose, outcome, times, lastAt }: Deed) {
  const { i18n } = useLingui()
  const { zone } = useHouse()
  const language = useLanguage()
  const spoken = roleWords[who.role]
  const role = spoken && i18n._(spoken)
  const reason = purposeWords[purpose]
  const last = clock(lastAt, zone, language)
  return (
    <li>
      <strong>{who.name ?? role ?? who.role}</strong>
      {who.name !== null && role && (who.role === 'proxy' ? <>, {role}</> : <> · {role}</>)}
      <span className={css.line}>
        {i18n._(actionWords[action] ?? unknownAction)}: {i18n._(thingWords[what] ?? unknownThing)}{' '}
        {outcome === 'refused' && (
          <Tag tone="warn">
            <Trans>was not let in</Trans>
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
