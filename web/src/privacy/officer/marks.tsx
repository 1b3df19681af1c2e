/** The marks of a record: put on, taken off, and those that were. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { setRecordFlag, type RecordFlag, type showCareTeam } from '../../../../server/people/break-glass/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { call } from '../../call.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Hidden } from '../../ui/hidden.tsx'
import { Row } from '../../ui/layout.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import css from './officer.module.css'
import { Span } from './span.tsx'

type Flag = Reply<typeof showCareTeam>['flags'][number]

const kinds = ['vip', 'employee', 'family'] as const
const kindWords: Readonly<Record<RecordFlag, MessageDescriptor>> = {
  vip: msg`Known to the public`,
  employee: msg`Works here`,
  family: msg`Family of somebody who works here`,
}

interface MarksProps {
  patientId: string
  flags: readonly Flag[]
  refresh: () => Promise<unknown>
}

export function Marks({ patientId, flags, refresh }: MarksProps) {
  const { i18n } = useLingui()
  const standing = flags.filter(({ endedAt }) => endedAt === null)
  const over = flags.filter(({ endedAt }) => endedAt !== null)
  const free = kinds.filter((kind) => standing.every((flag) => flag.kind !== kind))
  const marking = useMutation({
    // Without the network it is refused at once, not sent some time later.
    networkMode: 'always',
    mutationFn: (kind: RecordFlag) => call(setRecordFlag, { path: { id: patientId }, body: { kind, held: true } }),
    onSuccess: refresh,
  })
  return (
    <Card as="section" aria-labelledby="marks">
      <div className={css.parts}>
        <h2 id="marks" className={css.title}>
          <Trans>Marks</Trans>
        </h2>
        <p className={css.soft}>
          <Trans>A mark closes the record to everybody who does not care for the patient, the front desk too.</Trans>
        </p>
        {standing.length === 0 && (
          <p>
            <Trans>The record is not marked.</Trans>
          </p>
        )}
        <ul className={css.list}>
          {standing.map((flag) => (
            <Standing key={flag.id} flag={flag} patientId={patientId} refresh={refresh} />
          ))}
        </ul>
        <Refusal error={marking.error} />
        <Row>
          {free.map((kind) => (
            <BusyButton
              key={kind}
              variant="default"
              busy={marking.isPending && marking.variables === kind}
              onClick={() => marking.mutate(kind)}
            >
              <Trans>Mark: {i18n._(kindWords[kind])}</Trans>
            </BusyButton>
          ))}
        </Row>
        {over.length > 0 && (
          <details>
            <summary className={css.fold}>
              <Trans>Earlier marks ({over.length})</Trans>
            </summary>
            <ul className={css.list}>
              {over.map((flag) => (
                <li key={flag.id}>
                  {i18n._(kindWords[flag.kind])}
                  <Span {...flag} />
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </Card>
  )
}

function Standing({ flag, patientId, refresh }: Omit<MarksProps, 'flags'> & { flag: Flag }) {
  const { t, i18n } = useLingui()
  const [isAsked, ask] = useState(false)
  const word = i18n._(kindWords[flag.kind])
  const ending = useMutation({
    networkMode: 'always',
    mutationFn: () => call(setRecordFlag, { path: { id: patientId }, body: { kind: flag.kind, held: false } }),
    onSuccess: refresh,
    onSettled: () => ask(false),
  })
  return (
    <li className={css.one}>
      <strong>{word}</strong>
      <Span {...flag} />
      <Refusal error={ending.error} />
      <Button variant="default" size="sm" onClick={() => ask(true)}>
        <Trans>Take the mark off</Trans>
        <Hidden> {word}</Hidden>
      </Button>
      <Confirm
        open={isAsked}
        danger
        title={t`Take this mark off?`}
        yes={t`Take it off`}
        no={t`Keep it`}
        busy={ending.isPending}
        onYes={() => ending.mutate()}
        onNo={() => ask(false)}
      >
        <p>
          <Trans>
            Without a mark the front desk opens the record for its work, and gives no reason. That it was marked stays
            in the list.
          </Trans>
        </p>
      </Confirm>
    </li>
  )
}
