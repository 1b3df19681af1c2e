/** Records whose time to be kept is over: one person proposes to let one go, another approves, the operator carries it out. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  approveLettingGo,
  listRetention,
  proposeLettingGo,
  withdrawLettingGo,
} from '../../../../server/privacy/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { asking, call } from '../../call.ts'
import { useClinic } from '../../people/clinic.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Tag } from '../../ui/lists.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { dateName, dayOf } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import css from './officer.module.css'
import { PatientName } from './who.tsx'

type Over = Reply<typeof listRetention>['records'][number]
type Proposal = NonNullable<Over['proposal']>
type Step = 'propose' | 'approve' | 'withdraw'

export function Retention() {
  const { data, error, isPending, refetch } = useQuery(asking(listRetention))
  return (
    <Card as="section" aria-labelledby="retention">
      <h2 id="retention" className={css.title}>
        <Trans>Records whose time is over</Trans>
      </h2>
      <p className={css.soft}>
        <Trans>
          One person proposes to let a record go, another approves. Then the operator of the server carries it out.
        </Trans>
      </p>
      {isPending && <Loading />}
      <Refusal error={error} onAgain={() => void refetch()} />
      {data?.records.length === 0 && (
        <p className={css.soft}>
          <Trans>No record is past its time to be kept.</Trans>
        </p>
      )}
      <ul className={css.list}>
        {data?.records.map((one) => (
          <OneRecord key={one.patientId} one={one} />
        ))}
      </ul>
    </Card>
  )
}

function OneRecord({ one }: { one: Over }) {
  const language = useLanguage()
  const queries = useQueryClient()
  const [asked, ask] = useState<Step>()
  const { patientId, patient, held, proposal } = one
  const deciding = useMutation({
    // Without the network it is refused at once, not sent some time later.
    networkMode: 'always',
    mutationFn: (step: Step) => {
      if (step === 'propose') return call(proposeLettingGo, { body: { patientId } })
      const path = { id: proposal?.id ?? '' }
      return step === 'approve' ? call(approveLettingGo, { path }) : call(withdrawLettingGo, { path })
    },
    onSuccess: () => queries.invalidateQueries(),
    onSettled: () => ask(undefined),
  })
  const until = dateName(one.keptUntil, language)
  const name = patient?.name ?? ''
  return (
    <li>
      <PatientName patient={patient} />
      <span className={css.line}>
        <Trans>Kept until {until}</Trans>{' '}
        <Tag tone={held ? 'warn' : 'plain'}>{held ? <Trans>Held</Trans> : <Trans>Not held</Trans>}</Tag>
      </span>
      {proposal && <SoFar proposal={proposal} />}
      <Refusal error={deciding.error} />
      <span className={css.tags}>
        {!proposal && !held && (
          <Button variant="default" size="sm" onClick={() => ask('propose')}>
            <Trans>Propose to let it go</Trans>
          </Button>
        )}
        {proposal?.stands && !proposal.approved && !proposal.mine && !held && (
          <Button variant="default" size="sm" onClick={() => ask('approve')}>
            <Trans>Approve</Trans>
          </Button>
        )}
        {proposal && (
          <Button variant="default" size="sm" onClick={() => ask('withdraw')}>
            <Trans>Take it back</Trans>
          </Button>
        )}
      </span>
      <Asked
        step={asked}
        name={name}
        busy={deciding.isPending}
        onYes={() => asked && deciding.mutate(asked)}
        onNo={() => ask(undefined)}
      />
    </li>
  )
}

function SoFar({ proposal }: { proposal: Proposal }) {
  const language = useLanguage()
  const { zone } = useClinic()
  const { by, approved, mine } = proposal
  const on = dateName(dayOf(proposal.at, zone), language)
  const approver = approved?.by
  const approvedOn = approved && dateName(dayOf(approved.at, zone), language)
  return (
    <span className={css.soft}>
      <Trans>
        Proposed by {by} on {on}
      </Trans>
      {' · '}
      {approved ? (
        <Trans>
          Approved by {approver} on {approvedOn}
        </Trans>
      ) : !proposal.stands ? (
        <Trans>Who proposed it may not decide this any more: take it back, then propose it anew</Trans>
      ) : mine ? (
        <Trans>Somebody else approves it</Trans>
      ) : (
        <Trans>Waits for a second person</Trans>
      )}
    </span>
  )
}

interface AskedProps {
  step: Step | undefined
  name: string
  busy: boolean
  onYes: () => void
  onNo: () => void
}

function Asked({ step, name, busy, onYes, onNo }: AskedProps) {
  const { t } = useLingui()
  const titles = {
    propose: t`Propose to let this record go?`,
    approve: t`Approve that this record is let go?`,
    withdraw: t`Take this proposal back?`,
  }
  const yeses = { propose: t`Propose it`, approve: t`Approve it`, withdraw: t`Take it back` }
  return (
    <Confirm
      open={step !== undefined}
      danger={step === 'approve'}
      title={step ? titles[step] : ''}
      yes={step ? yeses[step] : ''}
      no={t`Leave it`}
      busy={busy}
      onYes={onYes}
      onNo={onNo}
    >
      <p>
        {step === 'withdraw' ? (
          <Trans>The record of {name} stays.</Trans>
        ) : (
          <Trans>Once it is carried out, nothing of the record of {name} can be brought back.</Trans>
        )}
      </p>
    </Confirm>
  )
}
