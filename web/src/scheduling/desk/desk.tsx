/** The front desk's day, live: by clinician, everything by keyboard. */
import css from './desk.module.css'
import { Day } from './day.tsx'

export function Screen() {
  return (
    <div className={css.desk}>
      <Day />
    </div>
  )
}
