/** One linked visit is to move: where the others would go, before anything is moved; then all of them in one step. */
import { Plural, Trans } from '@lingui/react/macro'
import { Button, Group as Buttons } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { moveTogether, proposeMove } from '../../../../../server/scheduling/linked/contract.ts'
import { call } from '../../../call.ts'
import { Loading } from '../../../ui/loading.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { clock, dayName, dayOf } from '../../../ui/time.ts'
import { useLanguage } from '../../../ui/use-language.ts'
import css from './linked.module.css'
import type { Group } from './linked-visits.tsx'

interface MoveProposalProps {
  group: Group
  id: string
  offeringId: string
  startsAt: string
  onMoved: () => Promise<void>
  onLeave: () => void
}

export function MoveProposal({ group, id, offeringId, startsAt, onMoved, onLeave }: MoveProposalProps) {
  const language = useLanguage()
  const title = useRef<HTMLHeadingElement>(null)
  const body = { appointmentId: id, offeringId, startsAt }
  const proposal = useQuery({
    queryKey: [proposeMove.url, group.id, body],
    queryFn: () => call(proposeMove, { path: { id: group.id }, body }),
    retry: false,
    staleTime: Infinity,
  })
  const visits = proposal.data?.visits ?? []
  const moving = useMutation({
    mutationFn: () =>
      call(moveTogether, {
        path: { id: group.id },
        body: {
          visits: visits.map(({ appointmentId, version, ...place }) => ({
            appointmentId,
            version,
            offeringId: place.offeringId,
            startsAt: place.startsAt,
          })),
        },
      }),
    onSuccess: onMoved,
  })
  useEffect(() => {
    if (proposal.isSuccess) title.current?.focus()
  }, [proposal.isSuccess])
  const say = (moment: string, of: string) => {
    const zone = group.visits.find((visit) => visit.id === of)?.place.zone ?? 'UTC'
    return `${dayName(dayOf(moment, zone), language, true)}, ${clock(moment, zone, language)}`
  }
  const moves = visits.filter((visit) => visit.moves).length
  return (
    <section aria-labelledby="move-proposal">
      {proposal.isPending && <Loading />}
      <Refusal error={moving.error ?? proposal.error} />
      {proposal.data && (
        <>
          <h3 id="move-proposal" ref={title} tabIndex={-1}>
            <Trans>Then they would be</Trans>
          </h3>
          <ol className={css.visits}>
            {visits.map((visit) => (
              <li key={visit.appointmentId} className={css.visit} data-here={visit.appointmentId === id || undefined}>
                {say(visit.startsAt, visit.appointmentId)} ·{' '}
                {group.visits.find((one) => one.id === visit.appointmentId)?.offering.visitType.name}
                <span className={css.was}>
                  {visit.moves ? <Trans>was {say(visit.was, visit.appointmentId)}</Trans> : <Trans>stays</Trans>}
                </span>
              </li>
            ))}
          </ol>
        </>
      )}
      <Buttons>
        {proposal.data && (
          <Button loading={moving.isPending} onClick={() => moving.mutate()}>
            <Plural value={moves} one="Move # visit" other="Move # visits together" />
          </Button>
        )}
        <Button variant="default" onClick={onLeave}>
          <Trans>Another time</Trans>
        </Button>
      </Buttons>
    </section>
  )
}
