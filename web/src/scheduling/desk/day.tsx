/** One day of the desk: a column a clinician. */
import { Trans, useLingui } from '@lingui/react/macro'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { readDay } from '../../../../server/scheduling/contract.ts'
import { asking } from '../../call.ts'
import { Empty } from '../../ui/empty.tsx'
import { dateName, longDay, weekdayName } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import { Columns } from './columns.tsx'
import { DeskFrame } from './frame.tsx'
import { layOut } from './lay-out.ts'
import { Printed } from './printed.tsx'
import type { Desk } from './use-desk.ts'

export function Day({ desk }: { desk: Desk }) {
  const { t } = useLingui()
  const language = useLanguage()
  const { day, placeId } = desk
  const query = useQuery({
    ...asking(readDay, { path: { day }, query: { ...(placeId && { placeId }), language } }),
    placeholderData: keepPreviousData,
    // Should a live word be missed, the page finds out by itself.
    refetchInterval: 15_000,
  })
  const { data } = query
  return (
    <DeskFrame
      desk={desk}
      heading={longDay(`${day}T12:00:00Z`, 'UTC', language)}
      query={query}
      places={data?.places ?? []}
      printed={
        data && (
          <Printed
            heading={`${weekdayName(day, language)}, ${dateName(day, language)}`}
            zone={data.zone}
            lists={data.columns.map(({ clinician, entries }) => ({ ...clinician, entries }))}
          />
        )
      }
      entries={data?.columns.flatMap(({ entries }) => entries) ?? []}
    >
      {(show, shown) =>
        data &&
        (data.columns.length === 0 ? (
          <Empty icon="calendar" title={t`Nobody works on this day`}>
            <Trans>Go to another day with N and P.</Trans>
          </Empty>
        ) : (
          <Columns page={layOut(data)} zone={data.zone} shown={shown} onShow={show} />
        ))
      }
    </DeskFrame>
  )
}
