/** The visits to come, the soonest first, and those that were. Each opens as the link in its message does. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { listMyVisits } from '../../../../server/scheduling/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { asking } from '../../call.ts'
import { Card } from '../../ui/card.tsx'
import { ClinicTime } from '../../ui/clinic-time.tsx'
import { Tag } from '../../ui/lists.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { useLanguage } from '../../ui/use-language.ts'
import { usePlanWords } from '../../scheduling/visit/plan-words.ts'
import css from './me.module.css'

type Visit = Reply<typeof listMyVisits>['coming'][number]

/** More than these are folded away. */
const mostAtOnce = 5

/** `of` is whose they are, when they are not the reader's own. */
export function Visits({ of }: { of?: string }) {
  const { data, error, refetch } = useQuery(asking(listMyVisits, { query: { language: useLanguage() } }))
  return (
    <Card as="section" aria-labelledby="visits">
      <h2 id="visits">{of === undefined ? <Trans>My visits</Trans> : <Trans>Visits of {of}</Trans>}</h2>
      <Refusal error={error} onAgain={() => void refetch()} />
      {data && data.coming.length === 0 && (
        <p>
          <Trans>No visit is booked.</Trans>
        </p>
      )}
      <Lines visits={data?.coming.slice(0, mostAtOnce) ?? []} />
      {data && data.coming.length > mostAtOnce && (
        <details>
          <summary className={css.way}>
            <Trans>Later visits</Trans>
          </summary>
          <Lines visits={data.coming.slice(mostAtOnce)} />
        </details>
      )}
      {data && data.past.length > 0 && (
        <details>
          <summary className={css.way}>
            <Trans>Past and cancelled visits</Trans>
          </summary>
          <Lines visits={data.past} />
        </details>
      )}
    </Card>
  )
}

const Lines = ({ visits }: { visits: readonly Visit[] }) => (
  <ul className={css.ways}>
    {visits.map((visit) => (
      <Line key={visit.id} visit={visit} />
    ))}
  </ul>
)

function Line({ visit: { status, startsAt, offering, clinician, place, link, linked } }: { visit: Visit }) {
  const { t } = useLingui()
  const say = usePlanWords()
  return (
    <li>
      <a href={link} className={css.way}>
        <ClinicTime at={startsAt} zone={place.zone} video={offering.mode === 'video'} />
      </a>
      <span className={css.soft}>
        {offering.visitType.name} · {clinician.name} {status === 'cancelled' && <Tag tone="warn">{t`Cancelled`}</Tag>}
      </span>
      {linked && <span className={css.soft}>{say(linked)}</span>}
    </li>
  )
}
