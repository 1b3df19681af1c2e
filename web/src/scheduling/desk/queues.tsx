/** What waits for a person at the desk: calls to landlines, and visits that no message has reached. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { listUnreached } from '../../../../server/conversations/contract.ts'
import { listCallBacks, settleCallBack } from '../../../../server/scheduling/contract.ts'
import { exportCalls } from '../../../../server/scheduling/exports/contract.ts'
import { asking, call } from '../../call.ts'
import { phoneLink, sayPhone } from '../../ui/house.ts'
import { Refusal } from '../../ui/refusal.tsx'
import { clock, dayName, dayOf } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import css from './desk.module.css'
import { ExportLink } from './export-link.tsx'

export function Calls() {
  const { t } = useLingui()
  const queries = useQueryClient()
  const { data, error } = useQuery(asking(listCallBacks))
  const settle = useMutation({
    mutationFn: ({ id, outcome }: { id: string; outcome: 'confirmed' | 'not_reached' | 'wrong_number' }) =>
      call(settleCallBack, { path: { id }, body: { outcome } }),
    onSuccess: () => queries.invalidateQueries(),
  })
  const outcomes = [
    ['confirmed', t`Confirmed`],
    ['not_reached', t`Not reached`],
    ['wrong_number', t`Wrong number`],
  ] as const
  return (
    <div className={css.stack}>
      <h2 tabIndex={-1}>
        <Trans>Calls to make</Trans>
      </h2>
      <ExportLink list={exportCalls} />
      <Refusal error={error ?? settle.error} />
      {data?.callBacks.map(({ id, patient }) => (
        <div key={id} className={css.stack}>
          <p>
            <strong>{patient.name}</strong>{' '}
            {patient.phone && <a href={phoneLink(patient.phone)}>{sayPhone(patient.phone)}</a>}
          </p>
          <Group gap="xs">
            {outcomes.map(([outcome, label]) => (
              <Button key={outcome} size="sm" variant="default" onClick={() => settle.mutate({ id, outcome })}>
                {label}
              </Button>
            ))}
          </Group>
        </div>
      ))}
    </div>
  )
}

/** Coming visits that no message has reached. */
export function Unreached({ zone }: { zone: string }) {
  const language = useLanguage()
  const { data, error } = useQuery(asking(listUnreached))
  return (
    <div className={css.stack}>
      <h2 tabIndex={-1}>
        <Trans>Not reached</Trans>
      </h2>
      <p className={css.quiet}>
        <Trans>Every message about these visits failed. Call, and correct the phone or email.</Trans>
      </p>
      <Refusal error={error} />
      {data?.visits.map(({ appointmentId, startsAt, patient, cause }) => (
        <p key={appointmentId}>
          <strong>{patient.name}</strong>{' '}
          {patient.phone && <a href={phoneLink(patient.phone)}>{sayPhone(patient.phone)}</a>}
          <br />
          {dayName(dayOf(startsAt, zone), language)}, {clock(startsAt, zone, language)}
          {cause && <span className={css.quiet}> ({cause})</span>}
        </p>
      ))}
    </div>
  )
}
