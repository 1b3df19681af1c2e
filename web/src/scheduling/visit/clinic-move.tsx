/** The clinic had to move this visit: keep the new time by one press, or choose another, or cancel. */
import { Trans } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { keepClinicMove, readClinicMove } from '../../../../server/scheduling/moves/contract.ts'
import { asking, call } from '../../call.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { ClinicTime } from '../../ui/clinic-time.tsx'
import { Row } from '../../ui/layout.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import type { Visiting } from './visit.tsx'

export function ClinicMove({ visit, token }: Pick<Visiting, 'visit' | 'token'>) {
  const queries = useQueryClient()
  const path = { id: visit.id }
  const { data } = useQuery(asking(readClinicMove, { path }, token))
  const keep = useMutation({
    mutationFn: () => call(keepClinicMove, { path, body: {} }, { token }),
    onSuccess: () => queries.invalidateQueries(),
  })
  if (!data?.move) return null
  const { was, keptAt } = data.move
  if (keptAt !== null)
    return (
      <Notice tone="good">
        <p>
          <Trans>Thank you: you keep the new time. We will see you then.</Trans>
        </p>
      </Notice>
    )
  return (
    <Notice title={<Trans>We had to move your visit</Trans>}>
      <p>
        <Trans>We are sorry. It was with {was.clinician}:</Trans>
      </p>
      <ClinicTime at={was.startsAt} zone={was.zone} video={visit.offering.mode === 'video'} />
      <p>
        <Trans>If the new time below is fine, keep it; if not, move it to another time or cancel.</Trans>
      </p>
      <Refusal error={keep.error} />
      <Row>
        <BusyButton busy={keep.isPending} onClick={() => keep.mutate()}>
          <Trans>Keep the new time</Trans>
        </BusyButton>
      </Row>
    </Notice>
  )
}
