/** Cancels a visit: until when that is possible is said first, why is asked, and once more before it is done. */
import { Trans, useLingui } from '@lingui/react/macro'
import { msg } from '@lingui/core/macro'
import { useState, type FormEvent } from 'react'
import { cancelAppointment, type cancelReasons } from '../../../../server/scheduling/contract.ts'
import { call, Refused } from '../../call.ts'
import { Button } from '../../ui/button.tsx'
import { ClinicTime } from '../../ui/clinic-time.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { LongTextField } from '../../ui/field.tsx'
import { ChoiceField } from '../../ui/fieldset.tsx'
import { Row } from '../../ui/layout.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { ProblemSummary, useProblems } from '../../ui/problems.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { BackLink } from '../../ui/step-header.tsx'
import { ChangePolicy } from './facts.tsx'
import { useChange } from './use-change.ts'
import type { Visiting } from './visit.tsx'
import css from '../book/book.module.css'

type Reason = (typeof cancelReasons)[number]
const reasonWords: Record<Reason, ReturnType<typeof msg>> = {
  time_does_not_fit: msg`The time does not fit any more`,
  feeling_better: msg`It got better`,
  went_elsewhere: msg`I got care somewhere else`,
  cost: msg`The cost`,
  clinic: msg`Something about the clinic`,
  other: msg`Something else`,
}
const reasons = Object.keys(reasonWords) as Reason[]

interface CancelBody {
  reason: Reason
  note?: string
  version: number
}

export function Cancel({ visit, token, go, changed, refresh }: Visiting) {
  const { t, i18n } = useLingui()
  const [{ reason, note, sure }, set] = useState<{ reason: Reason | ''; note: string; sure: boolean }>({
    reason: '',
    note: '',
    sure: false,
  })
  const problems = useProblems()
  const cancel = useChange(
    (body: CancelBody, idempotencyKey) =>
      call(cancelAppointment, { path: { id: visit.id }, body }, { idempotencyKey, token }),
    (after) => changed(after, 'cancelled'),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    cancel.reset()
    if (problems.report(reason ? [] : [{ field: 'reason', text: t`Choose what fits best` }]))
      set({ reason, note, sure: true })
  }
  return (
    <Page
      title={t`Cancel the visit`}
      above={<BackLink to="/visit" search={{}} hash={token} />}
      lead={<ClinicTime at={visit.startsAt} zone={visit.place.zone} />}
    >
      <form onSubmit={submit} noValidate className={css.form}>
        <Notice>
          <p>
            <ChangePolicy startsAt={visit.startsAt} zone={visit.place.zone} cutoffMinutes={visit.cancelCutoffMinutes} />
          </p>
        </Notice>
        <ProblemSummary problems={problems.problems} tries={problems.tries} />
        <CancelRefusal error={cancel.error} onRefresh={refresh} />
        <ChoiceField
          name="reason"
          label={t`Why do you cancel?`}
          hint={t`It helps us to do better. Any answer is fine.`}
          value={reason}
          onChange={(chosen) => set({ reason: chosen, note, sure })}
          error={problems.of('reason')}
          options={reasons.map((value) => ({ value, label: i18n._(reasonWords[value]) }))}
        />
        <LongTextField
          name="note"
          label={t`Anything we should know?`}
          optional
          maxLength={500}
          value={note}
          onChange={(typed) => set({ reason, note: typed, sure })}
        />
        <Row>
          <Button type="submit">
            <Trans>Cancel the visit</Trans>
          </Button>
          <Button variant="default" onClick={() => go({ do: 'move' })}>
            <Trans>Move it instead</Trans>
          </Button>
        </Row>
      </form>
      <Confirm
        open={sure && !cancel.error}
        title={t`Cancel this visit?`}
        yes={t`Cancel the visit`}
        no={t`Keep it`}
        danger
        busy={cancel.isPending}
        onYes={() =>
          reason && cancel.mutate({ reason, ...(note.trim() && { note: note.trim() }), version: visit.version })
        }
        onNo={() => set({ reason, note, sure: false })}
      >
        <p>
          <Trans>The time will be free for somebody else at once.</Trans>
        </p>
      </Confirm>
    </Page>
  )
}

function CancelRefusal({ error, onRefresh }: { error: unknown; onRefresh: () => void }) {
  const again = error instanceof Refused && (error.code === 'changed_meanwhile' || error.code === 'already_cancelled')
  return (
    <Refusal error={error}>
      {again && (
        <Button size="sm" onClick={onRefresh}>
          <Trans>Look at it again</Trans>
        </Button>
      )}
    </Refusal>
  )
}
