/** Books beside another visit, when somebody who may decides so: never without saying why. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import {
  overbook,
  type OverbookingReason,
  type OverbookingRequest,
} from '../../../../server/scheduling/overbooking/contract.ts'
import { call } from '../../call.ts'
import { LongTextField, SelectField } from '../../ui/field.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { clock } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import { overbookingReasons } from '../overbooked/reasons.ts'
import css from './desk.module.css'

/** The server has the last word; others are not offered it. */
export const mayOverbook = (role: string | undefined) => role === 'scheduler' || role === 'clinician'

interface OverbookProps {
  wish: Omit<OverbookingRequest, 'overbooking'>
  zone: string
  /** Whether it is said who the visit is for. */
  isReady: boolean
  onDone: () => Promise<void>
  onBack: () => void
}

export function Overbook({ wish, zone, isReady, onDone, onBack }: OverbookProps) {
  const { t, i18n } = useLingui()
  const language = useLanguage()
  const [reason, choose] = useState<OverbookingReason>('urgent')
  const [why, say] = useState('')
  const [wasAsked, ask] = useState(false)
  const [key] = useState(() => crypto.randomUUID())
  const deed = useMutation({
    mutationFn: () =>
      call(
        overbook,
        { body: { ...wish, overbooking: { reason, why } } },
        { idempotencyKey: `${key}.${wish.offeringId}` },
      ),
    onSuccess: onDone,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    ask(true)
    if (isReady && why.trim().length >= 3) deed.mutate()
  }
  return (
    <form onSubmit={submit} className={css.stack} aria-labelledby="overbook" noValidate>
      <h3 id="overbook">
        <Trans>Overbook {clock(wish.startsAt, zone, language)}</Trans>
      </h3>
      <p className={css.quiet}>
        <Trans>
          The clinician has another visit then. This one stands beside it, and on the report of overbooked visits.
        </Trans>
      </p>
      <SelectField
        name="overbook-reason"
        label={t`Why is it needed?`}
        value={reason}
        onChange={(value) => choose(value as OverbookingReason)}
        options={Object.entries(overbookingReasons).map(([value, words]) => ({ value, label: i18n._(words) }))}
      />
      <LongTextField
        name="overbook-why"
        label={t`In a few words`}
        maxLength={300}
        value={why}
        onChange={say}
        error={wasAsked && why.trim().length < 3 ? t`Say why: whoever reads the report was not here.` : undefined}
      />
      {wasAsked && !isReady && (
        <p role="alert">
          <Trans>Choose the patient first.</Trans>
        </p>
      )}
      <Refusal error={deed.error} />
      <Group>
        <Button type="submit" loading={deed.isPending}>
          <Trans>Overbook</Trans>
        </Button>
        <Button variant="default" onClick={onBack}>
          <Trans>Another time</Trans>
        </Button>
      </Group>
    </form>
  )
}
