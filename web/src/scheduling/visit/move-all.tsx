/** A visit of a plan is to move: where the others would go, before anything is moved; then all of them in one step. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { moveTogether, proposeMove } from '../../../../server/scheduling/linked/contract.ts'
import { call, Refused } from '../../call.ts'
import { attemptFor, type Attempt } from '../book/attempt.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ClinicTime } from '../../ui/clinic-time.tsx'
import { Row } from '../../ui/layout.tsx'
import { Tag } from '../../ui/lists.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import type { Group } from './linked.tsx'
import type { Visiting } from './visit.tsx'
import css from './visit.module.css'

type Proposed = Reply<typeof proposeMove>['visits']

interface MoveAllProps extends Pick<Visiting, 'visit' | 'token' | 'changed' | 'refresh'> {
  group: Group
  startsAt: string
  onLeave: () => void
}

export function MoveAll({ group, visit, token, startsAt, changed, refresh, onLeave }: MoveAllProps) {
  const { t } = useLingui()
  const title = useRef<HTMLHeadingElement>(null)
  const attempt = useRef<Attempt>(undefined)
  const path = { id: group.id }
  const body = { appointmentId: visit.id, offeringId: visit.offering.id, startsAt }
  const proposal = useQuery({
    queryKey: [proposeMove.url, group.id, body, token],
    queryFn: () => call(proposeMove, { path, body }, { token }),
    retry: false,
    staleTime: Infinity,
  })
  const move = useMutation({
    mutationFn: (visits: Proposed) => {
      const places = visits.map((one) => ({
        appointmentId: one.appointmentId,
        version: one.version,
        offeringId: one.offeringId,
        startsAt: one.startsAt,
      }))
      attempt.current = attemptFor(places, attempt.current)
      return call(moveTogether, { path, body: { visits: places } }, { token, idempotencyKey: attempt.current.key })
    },
    onSuccess: ({ appointments }) => {
      const own = appointments.find(({ id }) => id === visit.id)
      if (own) changed(own, 'moved')
    },
  })
  useEffect(() => title.current?.focus(), [proposal.isSuccess])
  const error = move.error ?? proposal.error
  const visits = proposal.data?.visits
  const moves = visits?.filter((one) => one.moves).length ?? 0
  return (
    <Card as="section" aria-labelledby="move-all">
      <h2 id="move-all" ref={title} tabIndex={-1} className={css.title}>
        {t`Your visits belong together`}
      </h2>
      {proposal.isPending && <Loading />}
      <Refusal error={error}>
        {error instanceof Refused && error.code === 'changed_meanwhile' && (
          <Button size="sm" onClick={refresh}>
            <Trans>Look at it again</Trans>
          </Button>
        )}
      </Refusal>
      {visits && (
        <>
          <p className={css.words}>
            {moves > 1 ? (
              <Trans>With this one others must move, too. Nothing is moved before you say so.</Trans>
            ) : (
              <Trans>The others can stay where they are.</Trans>
            )}
          </p>
          <ol className={css.linked}>
            {visits.map((one) => {
              const now = group.visits.find(({ id }) => id === one.appointmentId) ?? visit
              const { zone } = now.place
              return (
                <li key={one.appointmentId} aria-current={one.appointmentId === visit.id ? 'true' : undefined}>
                  <ClinicTime at={one.startsAt} zone={zone} video={now.offering.mode === 'video'} />
                  <span className={css.what}>
                    {now.offering.visitType.name}{' '}
                    {!one.moves && (
                      <Tag>
                        <Trans>stays</Trans>
                      </Tag>
                    )}
                  </span>
                  {one.moves && (
                    <span className={css.what}>
                      <Trans>It was:</Trans> <ClinicTime at={one.was} zone={zone} />
                    </span>
                  )}
                </li>
              )
            })}
          </ol>
        </>
      )}
      <Row apart>
        {visits && (
          <BusyButton busy={move.isPending} onClick={() => move.mutate(visits)}>
            <Plural value={moves} one="Move the visit" other="Move # visits together" />
          </BusyButton>
        )}
        <Button variant="default" onClick={onLeave} disabled={move.isPending}>
          <Trans>Choose another time</Trans>
        </Button>
      </Row>
    </Card>
  )
}
