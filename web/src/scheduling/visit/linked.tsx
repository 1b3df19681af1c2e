/** What a visit belongs together with: all of them in their order, the open one marked, each with its own time and place. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { readLinked } from '../../../../server/scheduling/linked/contract.ts'
import { asking } from '../../call.ts'
import { Card } from '../../ui/card.tsx'
import { ClinicTime } from '../../ui/clinic-time.tsx'
import { Tag } from '../../ui/lists.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { useLanguage } from '../../ui/use-language.ts'
import { usePlanWords } from './plan-words.ts'
import type { Visiting } from './visit.tsx'
import css from './visit.module.css'

export type Group = NonNullable<Reply<typeof readLinked>['group']>

/** Those that stand, in their order. */
export const standingOf = (group: Group) => group.visits.filter(({ status }) => status === 'booked')

/** The plan that a visit is of; null for one by itself. */
export function useLinked({ visit, token }: Pick<Visiting, 'visit' | 'token'>) {
  const asked = { path: { id: visit.id }, query: { language: useLanguage() } }
  return useQuery({ ...asking(readLinked, asked, token), select: ({ group }) => group })
}

/** Nothing for a visit by itself. */
export function LinkedPart(props: Pick<Visiting, 'visit' | 'token'>) {
  const { data: group, error, refetch } = useLinked(props)
  if (error) return <Refusal error={error} onAgain={() => void refetch()} />
  return group ? <Linked group={group} id={props.visit.id} /> : null
}

function Linked({ group, id }: { group: Group; id: string }) {
  const { t } = useLingui()
  const say = usePlanWords()
  const standing = standingOf(group)
  const kinds = standing.map(({ offering }) => offering.visitType.name).filter((kind, at, all) => kind !== all[at - 1])
  const at = standing.findIndex((visit) => visit.id === id) + 1
  const names = {
    family: t`Booked together`,
    series: t`One of a series of visits`,
    chain: t`These visits belong together`,
  }
  return (
    <Card as="section" aria-labelledby="linked">
      <h2 id="linked" className={css.title}>
        {names[group.kind]}
      </h2>
      {at > 0 && <p className={css.place}>{say({ kind: group.kind, at, of: standing.length, kinds })}</p>}
      <ol className={css.linked}>
        {group.visits.map((visit) => (
          <li key={visit.id} aria-current={visit.id === id ? 'true' : undefined}>
            <ClinicTime at={visit.startsAt} zone={visit.place.zone} video={visit.offering.mode === 'video'} />
            <span className={css.what}>
              {visit.offering.visitType.name}, {visit.clinician.name}{' '}
              {visit.id === id && (
                <Tag>
                  <Trans>this visit</Trans>
                </Tag>
              )}{' '}
              {visit.status === 'cancelled' && <Tag tone="warn">{t`Cancelled`}</Tag>}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  )
}
