/** The visits that one belongs together with, in their order; the open one stands out. */
import { Trans, useLingui } from '@lingui/react/macro'
import type { readLinked } from '../../../../../server/scheduling/linked/contract.ts'
import type { Reply } from '../../../../../server/platform/endpoint.ts'
import { Tag } from '../../../ui/lists.tsx'
import { clock, dayName, dayOf } from '../../../ui/time.ts'
import { useLanguage } from '../../../ui/use-language.ts'
import css from './linked.module.css'

export type Group = NonNullable<Reply<typeof readLinked>['group']>

export function LinkedVisits({ group, id }: { group: Group; id: string }) {
  const { t } = useLingui()
  const language = useLanguage()
  const names = { family: t`Booked together`, series: t`One of a series`, chain: t`One of linked visits` }
  return (
    <section aria-labelledby="linked-visits">
      <h3 id="linked-visits">{names[group.kind]}</h3>
      <ol className={css.visits}>
        {group.visits.map((visit) => (
          <li key={visit.id} className={css.visit} data-here={visit.id === id || undefined}>
            {dayName(dayOf(visit.startsAt, visit.place.zone), language, true)},{' '}
            {clock(visit.startsAt, visit.place.zone, language)} · {visit.offering.visitType.name} ·{' '}
            {visit.clinician.name}{' '}
            {visit.status === 'cancelled' && (
              <Tag>
                <Trans>cancelled</Trans>
              </Tag>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
