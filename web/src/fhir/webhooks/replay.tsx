/** Sends the messages of some days again, after a receiver lost them or was away. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { replayWebhook } from '../../../../server/fhir/webhooks/contract.ts'
import { call, clinicNow } from '../../call.ts'
import { useClinic } from '../../people/clinic.ts'
import css from '../../people/staff/staff.module.css'
import { BusyButton } from '../../ui/busy-button.tsx'
import { TextField } from '../../ui/field.tsx'
import { CheckField } from '../../ui/fieldset.tsx'
import { Row } from '../../ui/layout.tsx'
import { ProblemSummary, useProblems } from '../../ui/problems.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { dayOf } from '../../ui/time.ts'

export function Replay({ id, onSent }: { id: string; onSent: () => Promise<unknown> }) {
  const { t } = useLingui()
  const { zone } = useClinic()
  const problems = useProblems()
  const today = dayOf(new Date(clinicNow()).toISOString(), zone)
  const [from, begin] = useState(today)
  const [until, end] = useState(today)
  const [onlyUndelivered, narrow] = useState(true)
  const sending = useMutation({
    networkMode: 'always',
    mutationFn: () => call(replayWebhook, { path: { id }, body: { from, until, onlyUndelivered } }),
    onSuccess: onSent,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = [
      ...(from === '' ? [{ field: `from-${id}`, text: t`Choose the first day` }] : []),
      ...(until === '' || until < from
        ? [{ field: `until-${id}`, text: t`Choose a last day that is not before the first` }]
        : []),
    ]
    if (problems.report(found) && !sending.isPending) sending.mutate()
  }
  const sent = sending.data
  return (
    <form onSubmit={submit} noValidate className={css.form} aria-label={t`Send some days again`}>
      <ProblemSummary problems={problems.problems} tries={problems.tries} />
      <Refusal error={sending.error} />
      <Row>
        <TextField
          name={`from-${id}`}
          type="date"
          label={t`From`}
          value={from}
          onChange={begin}
          max={today}
          error={problems.of(`from-${id}`)}
        />
        <TextField
          name={`until-${id}`}
          type="date"
          label={t`To, with that day`}
          value={until}
          onChange={end}
          max={today}
          error={problems.of(`until-${id}`)}
        />
      </Row>
      <CheckField
        name={`undelivered-${id}`}
        label={t`Only what did not arrive`}
        checked={onlyUndelivered}
        onChange={narrow}
      />
      <Row apart>
        <BusyButton type="submit" variant="default" busy={sending.isPending}>
          <Trans>Send these days again</Trans>
        </BusyButton>
        <output>
          {sent && !sending.isPending && (
            <>
              <Plural
                value={sent.sent}
                _0="Nothing to send on these days."
                one="One message is sent again."
                other="# messages are sent again."
              />{' '}
              {sent.more && <Trans>There are more: press again when these have arrived.</Trans>}
            </>
          )}
        </output>
      </Row>
    </form>
  )
}
