/** Records that something of a patient was given to somebody outside: once, whatever the network does. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { disclosureReasons, recordDisclosure } from '../../../../server/privacy/contract.ts'
import { call, clinicNow } from '../../call.ts'
import { useClinic } from '../../people/clinic.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { Card } from '../../ui/card.tsx'
import { LongTextField, SelectField, TextField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ProblemSummary, useProblems } from '../../ui/problems.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { dayOf } from '../../ui/time.ts'
import { disclosureWords } from '../deed-words.ts'
import css from './officer.module.css'

const empty = { disclosedOn: '', recipient: '', address: '', what: '', why: '' }

interface RecordDisclosureProps {
  patientId: string
  onRecorded: () => Promise<unknown>
}

export function RecordDisclosure({ patientId, onRecorded }: RecordDisclosureProps) {
  const { t, i18n } = useLingui()
  const { zone } = useClinic()
  const today = dayOf(new Date(clinicNow()).toISOString(), zone)
  const problems = useProblems()
  const [typed, type] = useState(empty)
  // The same key until it is recorded: sent twice, it is one disclosure.
  const [key, renew] = useState(() => crypto.randomUUID())
  const why = disclosureReasons.find((reason) => reason === typed.why)
  const recording = useMutation({
    // Without the network it is refused at once, not sent some time later.
    networkMode: 'always',
    mutationFn: (reason: (typeof disclosureReasons)[number]) => {
      const { address, ...said } = typed
      const body = { patientId, ...said, why: reason, ...(address.trim() && { address }) }
      return call(recordDisclosure, { body }, { idempotencyKey: key })
    },
    onSuccess: async () => {
      type(empty)
      renew(crypto.randomUUID())
      await onRecorded()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const isDay = typed.disclosedOn !== '' && typed.disclosedOn <= today
    const found = [
      ...(isDay ? [] : [{ field: 'disclosedOn', text: t`Give the day, today or before` }]),
      ...(typed.recipient.trim() ? [] : [{ field: 'recipient', text: t`Say to whom it was given` }]),
      ...(typed.what.trim() ? [] : [{ field: 'what', text: t`Say what was given` }]),
      ...(why ? [] : [{ field: 'why', text: t`Say why it was given` }]),
    ]
    if (problems.report(found) && why && !recording.isPending) recording.mutate(why)
  }
  const field = (name: keyof typeof empty) => ({
    name,
    value: typed[name],
    onChange: (value: string) => type({ ...typed, [name]: value }),
    error: problems.of(name),
  })
  const reasons = disclosureReasons.map((value) => ({
    value,
    label: disclosureWords[value] ? i18n._(disclosureWords[value]) : value,
  }))
  return (
    <Card as="section" aria-labelledby="record">
      <h2 id="record" className={css.title}>
        <Trans>Record a disclosure</Trans>
      </h2>
      <form onSubmit={submit} noValidate className={css.form}>
        <ProblemSummary problems={problems.problems} tries={problems.tries} />
        <Refusal error={recording.error} />
        {recording.isSuccess && (
          <Notice tone="good" says="polite">
            <p>
              <Trans>It is recorded. The patient can see it.</Trans>
            </p>
          </Notice>
        )}
        <TextField {...field('disclosedOn')} type="date" max={today} label={t`On which day`} />
        <TextField {...field('recipient')} label={t`Given to`} maxLength={300} autoComplete="off" />
        <TextField {...field('address')} label={t`Address`} optional maxLength={500} autoComplete="off" />
        <LongTextField {...field('what')} label={t`What was given`} maxLength={4000} />
        <SelectField
          {...field('why')}
          label={t`Why`}
          options={[{ value: '', label: t`Choose a reason` }, ...reasons]}
        />
        <BusyButton type="submit" busy={recording.isPending}>
          <Trans>Record it</Trans>
        </BusyButton>
      </form>
    </Card>
  )
}
