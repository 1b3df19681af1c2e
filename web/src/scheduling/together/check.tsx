/** All of it once more: who is seen when. One button books all of them, or none. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { bookTogether } from '../../../../server/scheduling/linked/contract.ts'
import { call } from '../../call.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ClinicTime } from '../../ui/clinic-time.tsx'
import { Countdown } from '../../ui/countdown.tsx'
import { LongTextField } from '../../ui/field.tsx'
import { Stack } from '../../ui/layout.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { StepHeader } from '../../ui/step-header.tsx'
import { useLanguage } from '../../ui/use-language.ts'
import { attemptFor } from '../book/attempt.ts'
import { Blocks } from './blocks.tsx'
import { nextBlocks, whoseVisit } from './draft.ts'
import { Offered } from './offered.tsx'
import type { Together } from './together.tsx'
import css from './together.module.css'

export function Check(together: Together) {
  const { t } = useLingui()
  const { offered, search, coming, draft, put, hold } = together
  const { zone } = offered.place
  const booking = useBookTogether(together)
  const refused = booking.error ?? hold.error
  const next = nextBlocks(refused)
  const whose = whoseVisit(booking.error, coming)
  const { offering } = offered
  const busy = booking.isPending || hold.isTaking
  return (
    <Page
      title={t`Check and book for all`}
      above={<StepHeader at={3} of={3} back={{ to: '/book-together', search: { ...search, step: 'time' } }} />}
    >
      <Offered offered={offered} />
      <Stack>
        {hold.held && <Countdown until={hold.held.expiresAt} onEnd={hold.onEnd} />}
        {hold.ended && refused === null && (
          <Notice tone="warn" says="now" title={<Trans>The times are no longer kept for you</Trans>}>
            <p>
              <Trans>Everything you typed is still here. They may still be free.</Trans>
            </p>
            <Button size="sm" onClick={() => draft.block && hold.take(draft.block)}>
              <Trans>Keep them for us again</Trans>
            </Button>
          </Notice>
        )}
        <Card>
          <ul className={css.people}>
            {coming.map(({ patientId, name }, at) => (
              <li key={patientId} className={css.person}>
                <strong>{name}</strong>
                <ClinicTime at={draft.block?.visits[at]?.startsAt ?? ''} zone={zone} />
                <LongTextField
                  name={`reason-${patientId}`}
                  label={t`What is it about, for ${name}?`}
                  optional
                  maxLength={500}
                  value={draft.reasons[patientId] ?? ''}
                  onChange={(words) => put({ reasons: { ...draft.reasons, [patientId]: words } })}
                />
              </li>
            ))}
          </ul>
        </Card>
        {refused !== null && (
          <Refusal error={refused}>
            {whose && (
              <p>
                <Trans>This is about the visit of {whose.name}. Nothing was booked.</Trans>
              </p>
            )}
            {next && (
              <>
                <p>
                  <Trans>Nothing was booked. All of you fit here; what you typed stays.</Trans>
                </p>
                <Blocks
                  blocks={next}
                  {...{ zone, minutes: offering.minutes, busy }}
                  onPick={(block) => {
                    booking.reset()
                    hold.take(block)
                  }}
                />
              </>
            )}
          </Refusal>
        )}
        <BusyButton busy={busy} onClick={() => booking.mutate()}>
          <Trans>Book {coming.length} visits</Trans>
        </BusyButton>
      </Stack>
    </Page>
  )
}

/** The same attempt may be repeated: it is still done once. */
function useBookTogether({ coming, draft, put, clear, hold, go }: Together) {
  const language = useLanguage()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async () => {
      const body = {
        kind: 'family' as const,
        language,
        visits: (draft.block?.visits ?? []).map((visit, at) => {
          const patientId = coming[at]?.patientId ?? ''
          const reason = draft.reasons[patientId]?.trim() ?? ''
          return { ...visit, patientId, ...(reason !== '' && { reason }) }
        }),
        ...(hold.held && { holdId: hold.held.id }),
      }
      const attempt = attemptFor(body, draft.attempt)
      put({ attempt })
      return call(bookTogether, { body }, { idempotencyKey: attempt.key })
    },
    onSuccess: (booked) => {
      clear()
      put({ booked })
      void queries.invalidateQueries()
      go('done', { replace: true })
    },
  })
}
