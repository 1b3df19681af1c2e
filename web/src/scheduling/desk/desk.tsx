/** The front desk, live: a day, a week or a month, everything by keyboard. */
import { Day } from './day.tsx'
import css from './desk.module.css'
import { Month } from './month.tsx'
import { useDesk } from './use-desk.ts'
import { Week } from './week.tsx'

const views = { day: Day, week: Week, month: Month }

export function Screen() {
  const desk = useDesk()
  const View = views[desk.view]
  return (
    <div className={css.desk}>
      <View desk={desk} />
    </div>
  )
}
