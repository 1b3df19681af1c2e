/** One referral that waits: whom to call, for what, until when; the link again, or closing it with a reason. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { closeReferral, sendReferralLink, type Referral } from '../../../../../server/scheduling/referrals/contract.ts'
import type { Asked } from '../../../../../server/platform/endpoint.ts'
import { call } from '../../../call.ts'
import css from '../../../people/staff/staff.module.css'
import { BusyButton } from '../../../ui/busy-button.tsx'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { SelectField } from '../../../ui/field.tsx'
import { phoneLink, sayPhone, useHouse } from '../../../ui/house.ts'
import { Row } from '../../../ui/layout.tsx'
import { FactList, Tag } from '../../../ui/lists.tsx'
import { dateName, dayName, dayOf } from '../../../ui/time.ts'
import { useLanguage } from '../../../ui/use-language.ts'
import { RefusalOrGlass } from '../record/refusal-or-glass.tsx'
import { usePriorityWords } from './priority-words.ts'

type Reason = Asked<typeof closeReferral>['body']['reason']

export function ReferralCard({ referral, refresh }: { referral: Referral; refresh: () => Promise<unknown> }) {
  const { t } = useLingui()
  const language = useLanguage()
  const { zone } = useHouse()
  const priorities = usePriorityWords()
  const [isClosing, close] = useState(false)
  const { patient, overdueAt, state, priority, linkSentAt } = referral
  const path = { id: referral.id }
  const sending = useMutation({ mutationFn: () => call(sendReferralLink, { path }), onSuccess: refresh })
  const closing = useMutation({
    mutationFn: (reason: Reason) => call(closeReferral, { path, body: { reason } }),
    onSuccess: refresh,
  })
  const id = `referral-${referral.id}`
  const day = (moment: string) => dayName(dayOf(moment, zone), language, true)
  return (
    <Card as="li" aria-labelledby={id}>
      <div className={css.head}>
        <h2 id={id} className={css.name}>
          {patient.name}
        </h2>
        <Row>
          {priority !== 'routine' && <Tag tone="warn">{priorities[priority]}</Tag>}
          {state === 'expired' && (
            <Tag tone="warn">
              <Trans>Its last day has passed</Trans>
            </Tag>
          )}
          {overdueAt && (
            <Tag tone="warn">
              <Trans>Call: waits more than seven days</Trans>
            </Tag>
          )}
        </Row>
      </div>
      <FactList
        facts={[
          { name: t`Visit`, value: [...referral.visitTypes, ...referral.clinicians].join(' · ') },
          { name: t`Referred by`, value: `${referral.referrer}, ${day(referral.madeAt)}` },
          { name: t`By`, value: dateName(referral.validUntil, language) },
          ...(referral.reason ? [{ name: t`Reason`, value: referral.reason }] : []),
          ...(patient.phone
            ? [{ name: t`Phone`, value: <a href={phoneLink(patient.phone)}>{sayPhone(patient.phone)}</a> }]
            : []),
          { name: t`Link`, value: linkSentAt ? t`sent ${day(linkSentAt)}` : t`not sent` },
        ]}
      />
      <RefusalOrGlass
        error={sending.error ?? closing.error}
        patientId={patient.id}
        onOpened={() => {
          sending.reset()
          closing.reset()
        }}
      />
      {isClosing ? (
        <CloseForm id={referral.id} busy={closing.isPending} onClose={closing.mutate} onLeave={() => close(false)} />
      ) : (
        <Row apart>
          {state === 'waiting' && (
            <BusyButton variant="default" busy={sending.isPending} onClick={() => sending.mutate()}>
              {linkSentAt ? <Trans>Send the link again</Trans> : <Trans>Send the link</Trans>}
            </BusyButton>
          )}
          <Button variant="default" onClick={() => close(true)}>
            <Trans>Close it</Trans>
          </Button>
        </Row>
      )}
    </Card>
  )
}

interface CloseFormProps {
  id: string
  busy: boolean
  onClose: (reason: Reason) => void
  onLeave: () => void
}

function CloseForm({ id, busy, onClose, onLeave }: CloseFormProps) {
  const { t } = useLingui()
  const reasons: Record<Reason, string> = {
    declined: t`The patient does not want it`,
    elsewhere: t`Goes somewhere else`,
    not_reached: t`Could not be reached`,
    not_needed: t`Not needed any more`,
    other: t`Another reason`,
  }
  const [reason, choose] = useState<Reason>('declined')
  return (
    <>
      <SelectField
        name={`close-${id}`}
        label={t`Why?`}
        value={reason}
        onChange={(value) => choose((Object.keys(reasons) as Reason[]).find((one) => one === value) ?? 'other')}
        options={Object.entries(reasons).map(([value, label]) => ({ value, label }))}
      />
      <Row apart>
        <BusyButton busy={busy} onClick={() => onClose(reason)}>
          <Trans>Close the referral</Trans>
        </BusyButton>
        <Button variant="default" onClick={onLeave}>
          <Trans>Keep it open</Trans>
        </Button>
      </Row>
    </>
  )
}
