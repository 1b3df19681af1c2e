/** Refers a patient: who, for which visit, until when, and why. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { makeReferral } from '../../../../../server/scheduling/referrals/contract.ts'
import { call, clinicNow } from '../../../call.ts'
import { BusyButton } from '../../../ui/busy-button.tsx'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { LongTextField, SelectField, TextField } from '../../../ui/field.tsx'
import { useHouse } from '../../../ui/house.ts'
import { Row } from '../../../ui/layout.tsx'
import { ProblemSummary, useProblems } from '../../../ui/problems.tsx'
import { dayOf, daysLater } from '../../../ui/time.ts'
import { useLanguage } from '../../../ui/use-language.ts'
import { noVisitYet, whoOffers, WhichVisit } from '../linked/which-visit.tsx'
import { PatientLookup } from '../patient-lookup.tsx'
import { RefusalOrGlass } from '../record/refusal-or-glass.tsx'
import { usePriorityWords } from './priority-words.ts'
import css from './referrals.module.css'

const priorities = ['routine', 'urgent', 'asap', 'stat'] as const

export function NewReferral({ onMade, onLeave }: { onMade: () => void; onLeave: () => void }) {
  const { t } = useLingui()
  const language = useLanguage()
  const { zone } = useHouse()
  const words = usePriorityWords()
  const problems = useProblems()
  const [who, pick] = useState<{ id: string; name: string }>()
  const [which, choose] = useState(noVisitYet)
  const [until, setUntil] = useState(() => daysLater(dayOf(new Date(clinicNow()).toISOString(), zone), 90))
  const [priority, rank] = useState<(typeof priorities)[number]>('routine')
  const [referrer, name] = useState('')
  const [reason, say] = useState('')
  const [key] = useState(() => crypto.randomUUID())
  const making = useMutation({
    mutationFn: async () => {
      const { known } = await whoOffers([which], language)
      const clinicianIds = [...new Set(which.ids.flatMap((id) => known.get(id)?.clinician.id ?? []))]
      const body = {
        patientId: who?.id ?? '',
        visitTypes: [which.code],
        ...(clinicianIds.length > 0 && { clinicianIds }),
        validUntil: until,
        priority,
        referrer,
        ...(reason && { reason }),
      }
      return call(makeReferral, { body }, { idempotencyKey: key })
    },
    onSuccess: onMade,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = [
      ...(who ? [] : [{ field: 'patient-lookup', text: t`Choose the patient` }]),
      ...(which.code === '' ? [{ field: 'referral-visit', text: t`Choose the visit` }] : []),
      ...(referrer.trim() === '' ? [{ field: 'referral-by', text: t`Say who refers` }] : []),
      ...(until === '' ? [{ field: 'referral-until', text: t`Choose the last day` }] : []),
    ]
    if (problems.report(found)) making.mutate()
  }
  return (
    <Card as="section" aria-labelledby="new-referral">
      <h2 id="new-referral">
        <Trans>New referral</Trans>
      </h2>
      {who ? (
        <p>
          <strong>{who.name}</strong>{' '}
          <Button variant="default" size="sm" onClick={() => pick(undefined)}>
            <Trans>Somebody else</Trans>
          </Button>
        </p>
      ) : (
        <PatientLookup onPick={pick} />
      )}
      <form onSubmit={submit} noValidate className={css.form}>
        <ProblemSummary problems={problems.problems} tries={problems.tries} />
        <WhichVisit name="referral-visit" which={which} error={problems.of('referral-visit')} onChange={choose} />
        <TextField
          name="referral-by"
          label={t`Referred by`}
          value={referrer}
          onChange={name}
          maxLength={120}
          error={problems.of('referral-by')}
        />
        <TextField
          name="referral-until"
          type="date"
          label={t`The visit must be by`}
          value={until}
          onChange={setUntil}
          error={problems.of('referral-until')}
        />
        <SelectField
          name="referral-priority"
          label={t`How soon`}
          value={priority}
          onChange={(value) => rank(priorities.find((one) => one === value) ?? 'routine')}
          options={priorities.map((value) => ({ value, label: words[value] }))}
        />
        <LongTextField
          name="referral-reason"
          label={t`Reason`}
          optional
          maxLength={500}
          value={reason}
          onChange={say}
        />
        <RefusalOrGlass error={making.error} patientId={who?.id} onOpened={making.reset} />
        <Row>
          <BusyButton type="submit" busy={making.isPending}>
            <Trans>Refer, and send the link</Trans>
          </BusyButton>
          <Button variant="default" onClick={onLeave}>
            <Trans>Not now</Trans>
          </Button>
        </Row>
      </form>
    </Card>
  )
}
