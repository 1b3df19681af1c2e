/** Step two for whoever is signed in: for whom, of those whose records are open to them; nothing about them is asked again. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState, type FormEvent } from 'react'
import { useChoose } from '../../people/family/acting.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { ChoiceField } from '../../ui/fieldset.tsx'
import { phoneLink, sayPhone, useHouse } from '../../ui/house.ts'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { ProblemSummary, useProblems } from '../../ui/problems.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { StepHeader } from '../../ui/step-header.tsx'
import type { Booking } from './book.tsx'
import { Chosen } from './chosen.tsx'
import { Extras } from './details.tsx'
import { TogetherLink } from '../find/together-link.tsx'
import type { OpenRecord, OpenRecords } from './open-records.ts'
import css from './book.module.css'

const another = 'another'

export function ForWhom(booking: Booking) {
  const { t } = useLingui()
  const { search, put, go, records = { all: [], now: undefined } } = booking
  const { now, all } = records
  const problems = useProblems()
  const choosing = useChoose(() => go('confirm'))
  const [picked, pick] = useState(now?.patientId ?? '')
  const record = all.find(({ patientId }) => patientId === picked)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const words = t`Choose whom the visit is for`
    if (!problems.report(picked === '' || record?.mayBook === false ? [{ field: 'patient', text: words }] : [])) return
    if (!record) return put({ somebodyElse: true })
    put({ patientId: record.patientId, somebodyElse: false })
    if (record.patientId === now?.patientId) return go('confirm')
    choosing.mutate(record.isSelf ? null : record.patientId)
  }
  return (
    <Page
      title={t`Who is the visit for?`}
      above={<StepHeader at={2} of={3} back={{ to: '/book', search: { ...search, step: 'time' } }} />}
    >
      {now?.mayBook !== false && <Chosen {...booking} />}
      <TogetherLink offering={booking.offering} />
      <form onSubmit={submit} noValidate className={css.form}>
        <ProblemSummary problems={problems.problems} tries={problems.tries} />
        <Whom {...{ records, picked, pick }} error={problems.of('patient')} />
        {record?.mayBook === false && <MayNot name={record.name} />}
        <Extras {...booking} />
        <Refusal error={choosing.error} />
        <BusyButton type="submit" busy={choosing.isPending}>
          <Trans>Continue</Trans>
        </BusyButton>
      </form>
    </Page>
  )
}

interface WhomProps {
  records: OpenRecords
  picked: string
  pick: (patientId: string) => void
  error: string | undefined
}

function Whom({ records: { all, now }, picked, pick, error }: WhomProps) {
  const { t } = useLingui()
  const label = ({ name, isSelf }: OpenRecord) => (isSelf ? t`${name} (you)` : name)
  // Whoever acts for another books for them or for somebody whom they chose by name, not for a stranger under that banner.
  const isOwn = now === undefined || now.isSelf
  return (
    <ChoiceField
      name="patient"
      label={t`The visit is for`}
      value={picked}
      onChange={pick}
      error={error}
      options={[
        ...all.map((record) => ({ value: record.patientId, label: label(record) })),
        ...(isOwn
          ? [{ value: another, label: t`Somebody else`, hint: t`You tell us who it is on the next page.` }]
          : []),
      ]}
    />
  )
}

/** They act for somebody, but were not given this. */
function MayNot({ name }: { name: string }) {
  const { phone } = useHouse()
  return (
    <Notice tone="warn" says="polite">
      <p>
        <Trans>You may not book for {name}. Ask them to allow it, or call us.</Trans>
      </p>
      {phone && (
        <p>
          <a href={phoneLink(phone)}>
            <Trans>Call {sayPhone(phone)}</Trans>
          </a>
        </p>
      )}
    </Notice>
  )
}
