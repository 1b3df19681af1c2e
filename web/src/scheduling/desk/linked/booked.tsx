/** All of a plan is booked. */
import { Plural, Trans } from '@lingui/react/macro'
import type { bookTogether } from '../../../../../server/scheduling/linked/contract.ts'
import type { Reply } from '../../../../../server/platform/endpoint.ts'
import { Notice } from '../../../ui/notice.tsx'
import { clock, dayName, dayOf } from '../../../ui/time.ts'
import { useLanguage } from '../../../ui/use-language.ts'
import css from './linked.module.css'

export function Booked({ group }: { group: Reply<typeof bookTogether> }) {
  const language = useLanguage()
  const { appointments } = group
  return (
    <Notice
      tone="good"
      says="polite"
      title={<Plural value={appointments.length} one="# visit is booked" other="All # visits are booked" />}
    >
      <ol className={css.visits}>
        {appointments.map(({ id, startsAt, place, offering, clinician }) => (
          <li key={id} className={css.visit}>
            {dayName(dayOf(startsAt, place.zone), language)}, {clock(startsAt, place.zone, language)} ·{' '}
            {offering.visitType.name} · {clinician.name}
          </li>
        ))}
      </ol>
      <p>
        <Trans>They belong together: when one moves, you are shown where the others go.</Trans>
      </p>
    </Notice>
  )
}
