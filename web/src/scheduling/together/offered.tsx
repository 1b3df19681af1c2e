/** Which visit is being booked, above every question. */
import type { Together } from './together.tsx'
import css from '../book/book.module.css'

export function Offered({ offered: { offering, clinician, place } }: Pick<Together, 'offered'>) {
  return (
    <section className={css.chosen}>
      <p className={css.summary}>
        <strong>{offering.visitType.name}</strong>
        <span className={css.soft}>
          {clinician.name}, {place.name}
        </span>
      </p>
    </section>
  )
}
