/** A month of the desk: how many visits each day has and how full it is. A day opens by Enter or a press. */
import { useLingui } from '@lingui/react/macro'
import { VisuallyHidden } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { readMonth } from '../../../../server/scheduling/desk/contract.ts'
import { asking } from '../../call.ts'
import { dayName, monthName, weekdayName } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import css from './range.module.css'
import { Fill } from './fill.tsx'
import { DeskFrame } from './frame.tsx'
import { daysBefore } from './steps.ts'
import type { Desk } from './use-desk.ts'
import { standing, walkGrid } from './walk.ts'

type MonthView = Reply<typeof readMonth>

/** Any Monday to Sunday, for the names of the weekdays. */
const aWeek = ['01', '02', '03', '04', '05', '06', '07'].map((day) => `2024-01-${day}`)

export function Month({ desk }: { desk: Desk }) {
  const { t } = useLingui()
  const language = useLanguage()
  const { by, placeId, search } = desk
  const query = useQuery({
    ...asking(readMonth, {
      path: { day: `${desk.day.slice(0, 8)}01` },
      query: { by, ...(placeId && { placeId }), ...(search.of && { of: search.of }) },
    }),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })
  const { data } = query
  const everybody = { clinician: t`All clinicians`, room: t`All rooms and devices`, place: t`All of these places` }[by]
  return (
    <DeskFrame
      desk={desk}
      heading={monthName(desk.day, language)}
      query={query}
      places={data?.places ?? []}
      entries={[]}
    >
      {() =>
        data && (
          <>
            <select
              className={css.narrow}
              aria-label={t`Show only`}
              value={search.of ?? ''}
              onChange={(event) => desk.go({ of: event.currentTarget.value || undefined })}
            >
              <option value="">{everybody}</option>
              {data.rows.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
            <MonthTable month={data} desk={desk} />
          </>
        )
      }
    </DeskFrame>
  )
}

function MonthTable({ month, desk }: { month: MonthView; desk: Desk }) {
  const language = useLanguage()
  const lead = daysBefore(month.days[0]?.day ?? desk.day)
  const cells = [...Array.from({ length: lead }, () => undefined), ...month.days]
  const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, at) => cells.slice(at * 7, at * 7 + 7))
  return (
    <table className={css.month}>
      <thead>
        <tr>
          {aWeek.map((day) => (
            <th key={day} scope="col">
              {weekdayName(day, language)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week, row) => (
          <tr key={week.find((one) => one)?.day}>
            {week.map((one, column) =>
              one ? (
                <td key={one.day}>
                  <button
                    type="button"
                    className={css.date}
                    data-at={standing(row, column, 0)}
                    tabIndex={one.day === desk.day ? 0 : -1}
                    onKeyDown={walkGrid}
                    aria-current={one.day === desk.today ? 'date' : undefined}
                    onClick={() => desk.go({ view: undefined, day: one.day })}
                  >
                    <span className={css.number} aria-hidden="true">
                      {Number(one.day.slice(8))}
                    </span>
                    <VisuallyHidden>{dayName(one.day, language)}: </VisuallyHidden>
                    <Fill fill={one} />
                  </button>
                </td>
              ) : (
                <td key={`before ${column}`}>·</td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
