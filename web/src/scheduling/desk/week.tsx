/** A week of the desk: a row a clinician, room or place, a column a day. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { readWeek } from '../../../../server/scheduling/desk/contract.ts'
import { asking } from '../../call.ts'
import { Empty } from '../../ui/empty.tsx'
import { clock, dateName, dayName } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import { dragOf, dropOf } from './drop.ts'
import { Fill } from './fill.tsx'
import { DeskFrame } from './frame.tsx'
import type { Shown } from './panel.tsx'
import { Printed } from './printed.tsx'
import css from './range.module.css'
import type { Desk } from './use-desk.ts'
import { standing, walkGrid } from './walk.ts'

type WeekView = Reply<typeof readWeek>
type Cell = WeekView['rows'][number]['days'][number]

/** More visits of a day than that are read on the day's own page. */
const mostShown = 8

export function Week({ desk }: { desk: Desk }) {
  const language = useLanguage()
  const { by, placeId } = desk
  const query = useQuery({
    ...asking(readWeek, { path: { day: desk.day }, query: { by, language, ...(placeId && { placeId }) } }),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  })
  const { data } = query
  const [first, last] = [data?.days[0] ?? desk.day, data?.days.at(-1) ?? desk.day]
  return (
    <DeskFrame
      desk={desk}
      heading={`${dayName(first, language, true)} – ${dayName(last, language, true)}`}
      query={query}
      places={data?.places ?? []}
      printed={
        data && (
          <Printed
            withDay
            heading={`${dateName(first, language)} – ${dateName(last, language)}`}
            zone={data.zone}
            lists={data.rows.map(({ id, name, days }) => ({
              id,
              name,
              entries: days.flatMap(({ entries }) => entries),
            }))}
          />
        )
      }
      entries={data?.rows.flatMap(({ days }) => days.flatMap(({ entries }) => entries)) ?? []}
    >
      {(show) => data && <WeekTable week={data} desk={desk} onShow={show} />}
    </DeskFrame>
  )
}

interface TableProps {
  week: WeekView
  desk: Desk
  onShow: (shown: Shown) => void
}

function WeekTable({ week, desk, onShow }: TableProps) {
  const { t } = useLingui()
  const language = useLanguage()
  if (week.rows.length === 0)
    return (
      <Empty icon="calendar" title={t`Nothing to show for this week`}>
        <Trans>Choose another place, or see it by clinician.</Trans>
      </Empty>
    )
  return (
    <>
      <table className={css.week}>
        <thead>
          <tr>
            <th scope="col">{t`Who or what`}</th>
            {week.days.map((day) => (
              <th key={day} scope="col" aria-current={day === desk.today ? 'date' : undefined}>
                {dayName(day, language, true)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {week.rows.map((row, rowAt) => (
            <tr key={row.id}>
              <th scope="row">{row.name}</th>
              {row.days.map((cell, dayAt) => (
                <td
                  key={week.days[dayAt]}
                  {...dropOf((entry) => {
                    const clinicianId = desk.by === 'clinician' ? row.id : undefined
                    const drop = { clinicianId, day: week.days[dayAt] ?? desk.day }
                    onShow({ kind: 'visit', entry, pieceKey: entry.id, drop })
                  })}
                >
                  <WeekCell
                    cell={cell}
                    zone={week.zone}
                    day={dayName(week.days[dayAt] ?? '', language)}
                    at={(item) => ({
                      'data-at': standing(rowAt, dayAt, item),
                      tabIndex: rowAt + dayAt + item === 0 ? 0 : -1,
                      onKeyDown: walkGrid,
                    })}
                    onDay={() => desk.go({ view: undefined, day: week.days[dayAt] })}
                    onShow={onShow}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {week.left > 0 && (
        <p>
          <Plural
            value={week.left}
            one="# more is not shown. Choose a place to see it."
            other="# more are not shown. Choose a place to see them."
          />
        </p>
      )}
    </>
  )
}

interface CellProps {
  cell: Cell
  zone: string
  day: string
  /** Where the things of the cell stand for the arrow keys. */
  at: (item: number) => { 'data-at': string; tabIndex: number; onKeyDown: typeof walkGrid }
  onDay: () => void
  onShow: (shown: Shown) => void
}

function WeekCell({ cell, zone, day, at, onDay, onShow }: CellProps) {
  const { t } = useLingui()
  const language = useLanguage()
  const more = cell.entries.length - mostShown
  return (
    <>
      <button type="button" className={css.open} {...at(0)} title={t`Open ${day}`} onClick={onDay}>
        <Fill fill={cell} />
      </button>
      {cell.entries.slice(0, mostShown).map((entry, index) => (
        <button
          key={entry.id}
          type="button"
          className={css.visit}
          {...at(index + 1)}
          onClick={() => onShow({ kind: 'visit', entry, pieceKey: entry.id })}
          {...dragOf(entry)}
        >
          {clock(entry.startsAt, zone, language)} {entry.patient?.name}
        </button>
      ))}
      {more > 0 && (
        <button type="button" className={css.visit} {...at(mostShown + 1)} onClick={onDay}>
          <Plural value={more} one="and # more" other="and # more" />
        </button>
      )}
    </>
  )
}
