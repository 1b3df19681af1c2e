/** One visit at the desk: who comes, what was said to them, and moving or cancelling it. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button, Group } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { listVisitMessages } from '../../../../server/conversations/contract.ts'
import { cancelAppointment } from '../../../../server/scheduling/contract.ts'
import { cancelTogether, readLinked } from '../../../../server/scheduling/linked/contract.ts'
import { asking, call } from '../../call.ts'
import { hasSupport } from '../../people/support/words.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { CheckField } from '../../ui/fieldset.tsx'
import { sayPhone } from '../../ui/house.ts'
import { FactList } from '../../ui/lists.tsx'
import { clock, dateName, dayName, dayOf } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import css from './desk.module.css'
import { useKeys } from '../../ui/keys.ts'
import type { Drop } from './drop.ts'
import type { Entry } from './lay-out.ts'
import { LinkedVisits } from './linked/linked-visits.tsx'
import { MoveVisit } from './move-visit.tsx'
import { RefusalOrGlass } from './record/refusal-or-glass.tsx'
import { SupportTags } from './record/support-part.tsx'

interface VisitPanelProps {
  entry: Entry
  zone: string
  /** Where it was dragged to. */
  drop: Drop | undefined
  onDone: () => void
  onRecord: (patientId: string) => void
}

export function VisitPanel({ entry, zone, drop, onDone, onRecord }: VisitPanelProps) {
  const { t } = useLingui()
  const language = useLanguage()
  const queries = useQueryClient()
  const [doing, start] = useState<'move' | 'cancel' | undefined>(drop && 'move')
  const after = async () => {
    await queries.invalidateQueries()
    onDone()
  }
  const path = { id: entry.id }
  const [withRest, takeRest] = useState(false)
  const linked = useQuery({ ...asking(readLinked, { path, query: { language } }), retry: false })
  const group = linked.data?.group ?? undefined
  const rest =
    group?.kind === 'family'
      ? []
      : (group?.visits ?? []).filter((one) => one.can.includes('cancel') && one.id !== entry.id)
  const cancel = useMutation({
    mutationFn: (): Promise<unknown> =>
      group && withRest
        ? call(cancelTogether, {
            path: { id: group.id },
            body: {
              reason: 'clinic',
              visits: [entry, ...rest].map(({ id, version }) => ({ appointmentId: id, version })),
            },
          })
        : call(cancelAppointment, { path, body: { reason: 'clinic', version: entry.version } }),
    onSuccess: after,
  })
  const { patient } = entry
  const record = () => patient && onRecord(patient.id)
  useKeys({ m: () => start('move'), c: () => start('cancel'), r: record })
  return (
    <div className={css.stack}>
      <h2 tabIndex={-1}>{patient?.name}</h2>
      <FactList
        facts={[
          {
            name: t`When`,
            value: `${dayName(dayOf(entry.startsAt, zone), language)}, ${clock(entry.startsAt, zone, language)}`,
          },
          { name: t`Visit`, value: entry.visitType },
          ...(entry.resources.length > 0 ? [{ name: t`With`, value: entry.resources.join(', ') }] : []),
          ...(patient?.bornOn ? [{ name: t`Born`, value: dateName(patient.bornOn, language) }] : []),
          ...(patient?.phone ? [{ name: t`Phone`, value: sayPhone(patient.phone) }] : []),
          ...(patient?.email ? [{ name: t`Email`, value: patient.email }] : []),
          ...(entry.reason ? [{ name: t`Reason`, value: entry.reason }] : []),
        ]}
      />
      {entry.support && hasSupport(entry.support) && <SupportTags support={entry.support} />}
      {group && <LinkedVisits group={group} id={entry.id} />}
      <Messages id={entry.id} patientId={patient?.id} />
      <Group>
        <Button aria-keyshortcuts="M" onClick={() => start('move')}>
          <Trans>Move</Trans>
        </Button>
        <Button variant="default" aria-keyshortcuts="C" onClick={() => start('cancel')}>
          <Trans>Cancel visit</Trans>
        </Button>
        <Button variant="default" aria-keyshortcuts="R" onClick={record}>
          <Trans>Record</Trans>
        </Button>
      </Group>
      <RefusalOrGlass error={cancel.error} patientId={patient?.id} onOpened={cancel.reset} />
      {doing === 'move' && <MoveVisit entry={entry} zone={zone} group={group} drop={drop} onMoved={after} />}
      <Confirm
        open={doing === 'cancel'}
        danger
        title={t`Cancel this visit?`}
        yes={t`Cancel the visit`}
        no={t`Keep it`}
        busy={cancel.isPending}
        onYes={() => cancel.mutate()}
        onNo={() => start(undefined)}
      >
        <p>
          <Trans>{patient?.name} is told at once, and the time is free again.</Trans>
        </p>
        {rest.length > 0 && (
          <CheckField
            name="cancel-rest"
            label={
              <Plural
                value={rest.length}
                one="Cancel the visit that belongs to it, too"
                other="Cancel the # visits that belong to it, too"
              />
            }
            checked={withRest}
            onChange={takeRest}
          />
        )}
      </Confirm>
    </div>
  )
}

/** What the patient was told, and whether it got out. */
function Messages({ id, patientId }: { id: string; patientId: string | undefined }) {
  const { t } = useLingui()
  const { data, error, refetch } = useQuery({ ...asking(listVisitMessages, { path: { id } }), retry: false })
  const words = {
    planned: t`waiting to be sent`,
    sending: t`being sent`,
    sent: t`sent`,
    failed: t`not sent`,
    unknown: t`perhaps sent`,
    superseded: t`not needed any more`,
  }
  const channels = { email: t`Email`, text: t`Text` }
  if (error) return <RefusalOrGlass error={error} patientId={patientId} onOpened={() => void refetch()} />
  return (
    <ul className={css.found}>
      {data?.messages.map((one) => (
        <li key={one.id} className={css.quiet}>
          {channels[one.channel]}: {words[one.status]} {one.cause}
        </li>
      ))}
    </ul>
  )
}
