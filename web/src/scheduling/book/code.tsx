/** Step three: the six digits that were sent, so that confirmations reach the right person. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { proveContact, sendContactCode } from '../../../../server/people/contract.ts'
import { call, Refused } from '../../call.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { readContact } from '../../ui/contact.ts'
import { TextField } from '../../ui/field.tsx'
import { useHouse } from '../../ui/house.ts'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { ProblemSummary, useProblems } from '../../ui/problems.tsx'
import { Refusal, useRefusalWords } from '../../ui/refusal.tsx'
import { StepHeader } from '../../ui/step-header.tsx'
import { useLanguage } from '../../ui/use-language.ts'
import type { Booking } from './book.tsx'
import { Chosen } from './chosen.tsx'
import css from './book.module.css'

export function Code(booking: Booking) {
  const { t } = useLingui()
  const { draft, put, search } = booking
  const [typed, type] = useState('')
  const problems = useProblems()
  const words = useRefusalWords()
  const to = draft.contact.trim()
  const proving = useMutation({
    mutationFn: (code: string) => call(proveContact, { path: { id: draft.code?.id ?? '' }, body: { code } }),
    onSuccess: ({ proof }) => {
      put({ proof: { proof, to } })
      booking.go('confirm', { replace: true })
    },
    onError(error) {
      if (isAboutCode(error)) problems.report([{ field: 'code', text: words(error) }])
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const code = typed.replace(/\D/g, '')
    proving.reset()
    const fault = code.length === 6 ? [] : [{ field: 'code', text: t`Type the six digits of the code` }]
    if (problems.report(fault)) proving.mutate(code)
  }
  return (
    <Page
      title={t`Type the code we sent`}
      lead={t`We sent six digits to ${to}. They are good for ten minutes.`}
      above={<StepHeader at={3} of={4} back={{ to: '/book', search: { ...search, step: 'details' } }} />}
    >
      <Chosen {...booking} />
      <form onSubmit={submit} noValidate className={css.form}>
        <ProblemSummary problems={problems.problems} tries={problems.tries} />
        {!isAboutCode(proving.error) && <Refusal error={proving.error} />}
        <div className={css.digits}>
          <TextField
            name="code"
            label={t`Six-digit code`}
            value={typed}
            onChange={type}
            error={problems.of('code')}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={9}
            spellCheck={false}
          />
        </div>
        <DemoMailbox />
        <BusyButton type="submit" busy={proving.isPending}>
          <Trans>Continue</Trans>
        </BusyButton>
      </form>
      <OtherWays booking={booking} to={to} />
    </Page>
  )
}

const isAboutCode = (error: unknown) =>
  error instanceof Refused && (error.code === 'wrong_code' || error.code === 'code_over')

function OtherWays({ booking: { put, search }, to }: { booking: Booking; to: string }) {
  const language = useLanguage()
  const again = useMutation({
    mutationFn: async () => {
      const contact = readContact(to)
      if (contact) put({ code: { id: (await call(sendContactCode, { body: { to: contact, language } })).id, to } })
    },
  })
  return (
    <>
      <div className={css.ways}>
        <button
          type="button"
          className={css.link}
          aria-disabled={again.isPending}
          onClick={() => !again.isPending && again.mutate()}
        >
          <Trans>Send the code again</Trans>
        </button>
        <Link to="/book" search={{ ...search, step: 'details' }} hash="contact" className={css.change}>
          <Trans>Use another phone or email</Trans>
        </Link>
      </div>
      <output>
        {again.isSuccess && (
          <Notice tone="good">
            <p>
              <Trans>A new code is on its way to {to}. The one before no longer works.</Trans>
            </p>
          </Notice>
        )}
      </output>
      <Refusal error={again.error} />
    </>
  )
}

/** Nothing leaves a demo clinic: its messages are all in one place. */
function DemoMailbox() {
  const { demo } = useHouse()
  if (!import.meta.env.DEV && !demo) return null
  return (
    <Notice>
      <p>
        <Trans>
          This is a demo: nothing is really sent.{' '}
          <a href="/dev/mailbox" target="_blank" rel="noreferrer">
            Read the code in the demo mailbox
          </a>{' '}
          (opens a new tab).
        </Trans>
      </p>
    </Notice>
  )
}
