/** Moves a visit: another time for the same thing; the old time stays until the new one is sure. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { rescheduleAppointment } from '../../../../server/scheduling/contract.ts'
import { call, Refused } from '../../call.ts'
import { Button } from '../../ui/button.tsx'
import { ClinicTime } from '../../ui/clinic-time.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Stack } from '../../ui/layout.tsx'
import { FactList } from '../../ui/lists.tsx'
import { Page } from '../../ui/page.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { BackLink } from '../../ui/step-header.tsx'
import { TimeGrid } from '../../ui/time-grid.tsx'
import { nextOpenings } from '../book/next-openings.ts'
import { Openings } from '../find/openings.tsx'
import { standingOf, useLinked } from './linked.tsx'
import { MoveAll } from './move-all.tsx'
import { useChange } from './use-change.ts'
import type { Visiting } from './visit.tsx'

export function Move({ visit, token, search, go, changed, refresh }: Visiting) {
  const { t } = useLingui()
  const { offering, place, clinician } = visit
  const video = offering.mode === 'video'
  const move = useChange(
    (body: { offeringId: string; startsAt: string; version: number }, idempotencyKey) =>
      call(rescheduleAppointment, { path: { id: visit.id }, body }, { idempotencyKey, token }),
    (after) => changed(after, 'moved'),
  )
  const { data: group, isPending } = useLinked({ visit, token })
  const isPlan = group !== null && group !== undefined && group.kind !== 'family' && standingOf(group).length > 1
  const leave = () =>
    go({ do: 'move', ...(search.from && { from: search.from }) }, { replace: true, resetScroll: false })
  const pick = (at: string) => {
    move.reset()
    go({ ...search, at }, { replace: true, resetScroll: false })
  }
  return (
    <Page
      title={t`Choose another time`}
      lead={
        <>
          {offering.visitType.name}, {clinician.name}, {video ? <Trans>by video</Trans> : place.name}
        </>
      }
      above={<BackLink to="/visit" search={{}} hash={token} />}
    >
      <Stack>
        <FactList
          facts={[
            {
              name: t`Now`,
              icon: 'calendar',
              value: <ClinicTime at={visit.startsAt} zone={place.zone} video={video} />,
            },
          ]}
        />
        <MoveRefusal error={move.error} zone={place.zone} onPick={pick} onRefresh={refresh} />
        {isPlan && search.at && (
          <MoveAll
            key={search.at}
            {...{ group, visit, token, changed, refresh }}
            startsAt={search.at}
            onLeave={leave}
          />
        )}
        <Openings
          offering={offering.id}
          zone={place.zone}
          from={search.from}
          onFrom={(from) => go({ ...search, from }, { replace: true, resetScroll: false })}
          picked={search.at}
          onPick={pick}
        />
      </Stack>
      <Confirm
        open={search.at !== undefined && !move.error && !isPending && !isPlan}
        title={t`Move your visit to this time?`}
        yes={t`Move the visit`}
        no={t`Keep the old time`}
        busy={move.isPending}
        onYes={() => search.at && move.mutate({ offeringId: offering.id, startsAt: search.at, version: visit.version })}
        onNo={leave}
      >
        {search.at && (
          <FactList
            facts={[
              { name: t`New time`, value: <ClinicTime at={search.at} zone={place.zone} video={video} /> },
              { name: t`Old time`, value: <ClinicTime at={visit.startsAt} zone={place.zone} video={video} /> },
            ]}
          />
        )}
      </Confirm>
    </Page>
  )
}

interface MoveRefusalProps {
  error: unknown
  zone: string
  onPick: (at: string) => void
  onRefresh: () => void
}

function MoveRefusal({ error, zone, onPick, onRefresh }: MoveRefusalProps) {
  const { t } = useLingui()
  const next = nextOpenings(error)
  const code = error instanceof Refused ? error.code : ''
  return (
    <Refusal error={error}>
      {next && <TimeGrid times={next} zone={zone} label={t`Next open times`} onPick={onPick} withDay />}
      {(code === 'changed_meanwhile' || code === 'already_cancelled') && (
        <Button size="sm" onClick={onRefresh}>
          <Trans>Look at it again</Trans>
        </Button>
      )}
      {code === 'no_such_visit' && (
        <Link to="/">
          <Trans>Find another clinician</Trans>
        </Link>
      )}
    </Refusal>
  )
}
