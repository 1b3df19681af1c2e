/** Places a legal hold over one record or over every record. What was typed stays when it is refused. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { placeHold } from '../../../../server/privacy/contract.ts'
import { call } from '../../call.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { LongTextField, SelectField } from '../../ui/field.tsx'
import { ProblemSummary, useProblems } from '../../ui/problems.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import css from './officer.module.css'
import { PersonSearch, type FoundPatient } from './person-search.tsx'
import { PatientName } from './who.tsx'

export function PlaceHold({ onPlaced }: { onPlaced: () => Promise<unknown> }) {
  const { t } = useLingui()
  const problems = useProblems()
  const [covers, cover] = useState('one')
  const [patient, choose] = useState<FoundPatient>()
  const [reason, type] = useState('')
  // The same key until it is placed: sent twice, it is one hold.
  const [key, renew] = useState(() => crypto.randomUUID())
  const isOne = covers === 'one'
  const placing = useMutation({
    // Without the network it is refused at once, not sent some time later.
    networkMode: 'always',
    mutationFn: () =>
      call(
        placeHold,
        { body: { reason, ...(isOne && patient && { patientId: patient.id }) } },
        { idempotencyKey: key },
      ),
    onSuccess: async () => {
      choose(undefined)
      type('')
      renew(crypto.randomUUID())
      await onPlaced()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = [
      ...(isOne && !patient ? [{ field: 'person-search', text: t`Choose the patient` }] : []),
      ...(reason.trim() ? [] : [{ field: 'hold-reason', text: t`Say why it is held` }]),
    ]
    if (problems.report(found) && !placing.isPending) placing.mutate()
  }
  return (
    <Card as="section" aria-labelledby="place-hold">
      <h2 id="place-hold" className={css.title}>
        <Trans>Place a hold</Trans>
      </h2>
      <form onSubmit={submit} noValidate className={css.form}>
        <ProblemSummary problems={problems.problems} tries={problems.tries} />
        <Refusal error={placing.error} />
        <SelectField
          name="covers"
          label={t`What it covers`}
          value={covers}
          onChange={cover}
          options={[
            { value: 'one', label: t`One record` },
            { value: 'all', label: t`Every record` },
          ]}
        />
        {isOne && !patient && (
          <PersonSearch label={t`Patient`} error={problems.of('person-search')} onPatient={choose} />
        )}
        {isOne && patient && (
          <p>
            <PatientName patient={patient} />{' '}
            <Button variant="default" size="sm" onClick={() => choose(undefined)}>
              <Trans>Choose somebody else</Trans>
            </Button>
          </p>
        )}
        <LongTextField
          name="hold-reason"
          label={t`Why it is held`}
          value={reason}
          onChange={type}
          error={problems.of('hold-reason')}
          maxLength={4000}
        />
        <BusyButton type="submit" busy={placing.isPending}>
          <Trans>Place the hold</Trans>
        </BusyButton>
      </form>
    </Card>
  )
}
