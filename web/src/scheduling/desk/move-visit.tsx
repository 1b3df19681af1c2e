/** Another time for a visit: two weeks at a time, or where it was dropped; nothing moves before it is confirmed. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group } from '@mantine/core'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import {
  listOpenings,
  readAppointment,
  rescheduleAppointment,
  type AppointmentView,
} from '../../../../server/scheduling/contract.ts'
import { listWhoOffers } from '../../../../server/scheduling/linked/contract.ts'
import { asking, call, clinicNow } from '../../call.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { FactList } from '../../ui/lists.tsx'
import { TimeGrid } from '../../ui/time-grid.tsx'
import { clock, dayName, dayOf, daysLater } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import css from './desk.module.css'
import { nearestTo, type Drop } from './drop.ts'
import type { Entry } from './lay-out.ts'
import type { Group as Linked } from './linked/linked-visits.tsx'
import { MoveProposal } from './linked/move-proposal.tsx'
import { RefusalOrGlass } from './record/refusal-or-glass.tsx'

const fortnight = 14

interface MoveProps {
  entry: Entry
  zone: string
  group: Linked | undefined
  drop: Drop | undefined
  onMoved: () => Promise<void>
}

export function MoveVisit({ entry, zone, group, drop, onMoved }: MoveProps) {
  const { t } = useLingui()
  const language = useLanguage()
  const today = dayOf(new Date(clinicNow()).toISOString(), zone)
  const [{ from, days }, look] = useState({ from: drop?.day ?? today, days: drop ? 1 : fortnight })
  const [to, choose] = useState<string | 'none'>()
  const visit = useQuery(asking(readAppointment, { path: { id: entry.id } }))
  const offering = useOffering(visit.data, drop)
  const openings = useQuery({
    ...asking(listOpenings, { path: { id: offering.id }, query: { from, days } }),
    enabled: offering.id !== '',
    placeholderData: keepPreviousData,
  })
  const move = useMutation({
    mutationFn: (startsAt: string) =>
      call(rescheduleAppointment, {
        path: { id: entry.id },
        body: { offeringId: offering.id, startsAt, version: entry.version },
      }),
    onSuccess: onMoved,
  })
  const times = (openings.data?.days ?? []).flatMap((one) => one.openings)
  const chosen = to ?? (drop && nearestTo(times, drop))
  const picked = chosen === 'none' ? undefined : chosen
  const isLinked = group !== undefined && group.kind !== 'family'
  const leave = () => {
    move.reset()
    choose('none')
  }
  const turn = (first: string) => {
    choose('none')
    look({ from: first < today ? today : first, days: fortnight })
  }
  if (isLinked && picked !== undefined)
    return (
      <MoveProposal
        group={group}
        id={entry.id}
        offeringId={offering.id}
        startsAt={picked}
        onMoved={onMoved}
        onLeave={leave}
      />
    )
  const say = (moment: string) =>
    `${dayName(dayOf(moment, zone), language)}, ${clock(moment, zone, language)} · ${moment === entry.startsAt ? (visit.data?.clinician.name ?? '') : (offering.clinician ?? '')}`
  return (
    <>
      <RefusalOrGlass
        error={move.error ?? visit.error ?? openings.error}
        patientId={entry.patient?.id}
        onOpened={() => {
          move.reset()
          void visit.refetch()
        }}
      />
      {(offering.isNone || (openings.isSuccess && times.length === 0)) && (
        <p className={css.quiet}>
          {drop && days === 1 ? (
            <Trans>This visit does not fit there. Here is what else there is.</Trans>
          ) : (
            <Trans>No time is open in these two weeks.</Trans>
          )}
        </p>
      )}
      <Group justify="space-between">
        <Button variant="default" disabled={from <= today} onClick={() => turn(daysLater(from, -fortnight))}>
          <Trans>Earlier days</Trans>
        </Button>
        <Button variant="default" onClick={() => turn(days === 1 ? from : daysLater(from, fortnight))}>
          <Trans>Later days</Trans>
        </Button>
      </Group>
      <TimeGrid withDay times={times} zone={zone} label={t`New time`} onPick={choose} />
      <Confirm
        open={picked !== undefined && !move.error}
        title={t`Move this visit?`}
        yes={t`Move the visit`}
        no={t`Keep the old time`}
        busy={move.isPending}
        onYes={() => picked !== undefined && move.mutate(picked)}
        onNo={leave}
      >
        <FactList
          facts={[
            { name: t`New time`, value: picked && say(picked) },
            { name: t`Old time`, value: say(entry.startsAt) },
          ]}
        />
      </Confirm>
    </>
  )
}

/** What is moved to: the visit's own, or the same kind of visit of the clinician in whose column it was dropped. */
function useOffering(visit: AppointmentView | undefined, drop: Drop | undefined) {
  const other = drop?.clinicianId !== undefined && visit !== undefined && drop.clinicianId !== visit.clinician.id
  const code = visit?.offering.visitType.code ?? ''
  const offered = useQuery({ ...asking(listWhoOffers, { path: { code } }), enabled: other })
  if (!other) return { id: visit?.offering.id ?? '', clinician: visit?.clinician.name, isNone: false }
  const theirs = offered.data?.offered.find(
    (one) => one.clinician.id === drop.clinicianId && one.offering.mode === visit.offering.mode,
  )
  return {
    id: theirs?.offering.id ?? '',
    clinician: theirs?.clinician.name,
    isNone: offered.isSuccess && theirs === undefined,
  }
}
