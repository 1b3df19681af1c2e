/** Step two: who the visit is for and how to reach them. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { sendContactCode } from '../../../../server/people/contract.ts'
import { call } from '../../call.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { readContact } from '../../ui/contact.ts'
import { DateOfBirth } from '../../ui/date-of-birth.tsx'
import { LongTextField, TextField } from '../../ui/field.tsx'
import { ChoiceField } from '../../ui/fieldset.tsx'
import type { TypedDate } from '../../ui/birth-date.ts'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { ProblemSummary, useProblems } from '../../ui/problems.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { StepHeader } from '../../ui/step-header.tsx'
import { dayOf } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import { SupportField } from './support-field.tsx'
import { PlanField } from '../find/plans.tsx'
import type { Booking } from './book.tsx'
import { useCheck } from './check.ts'
import { Chosen } from './chosen.tsx'
import { ContactFields } from './contact-fields.tsx'
import { isReachable } from './draft.ts'
import { stepsOf } from './steps.ts'
import css from './book.module.css'

export function Details(booking: Booking) {
  const { t } = useLingui()
  const { offered, draft, put, search, at, today } = booking
  const language = useLanguage()
  const problems = useProblems()
  const check = useCheck()
  const [misfit, setMisfit] = useState<string>()
  const code = useMutation({
    mutationFn: async (typed: string) => {
      const to = readContact(typed)
      if (to) return { id: (await call(sendContactCode, { body: { to, language } })).id, to: typed }
      return undefined
    },
    onSuccess: (sent) => {
      if (sent) put({ code: sent })
      booking.go('code')
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = check(draft, { offering: offered.offering, day: dayOf(at, offered.place.zone), today })
    setMisfit(found.misfit)
    if (!problems.report(found.problems)) return
    if (isReachable(draft)) return booking.go('confirm')
    code.mutate(draft.contact.trim())
  }
  return (
    <Page
      title={t`Who is the visit for?`}
      above={<StepHeader at={2} of={stepsOf(draft)} back={{ to: '/book', search: { ...search, step: 'time' } }} />}
    >
      <Chosen {...booking} />
      <form onSubmit={submit} noValidate className={css.form}>
        <ProblemSummary problems={problems.problems} tries={problems.tries} />
        {misfit && <OtherVisit booking={booking} />}
        {booking.records && (
          <p>
            <button type="button" className={css.link} onClick={() => put({ somebodyElse: false })}>
              <Trans>Choose from the people you may book for</Trans>
            </button>
          </p>
        )}
        <Person {...booking} of={problems.of} />
        <ContactFields draft={draft} put={put} of={problems.of} />
        <Extras {...booking} />
        <Refusal error={code.error} />
        <BusyButton type="submit" busy={code.isPending}>
          {isReachable(draft) ? <Trans>Continue</Trans> : <Trans>Continue and get a code</Trans>}
        </BusyButton>
      </form>
    </Page>
  )
}

/** The visit is for somebody else: where the right one is. */
function OtherVisit({ booking: { offered } }: { booking: Booking }) {
  return (
    <Notice tone="warn" title={<Trans>Another visit fits better</Trans>}>
      <p>
        <Link to="/clinicians/$id" params={{ id: offered.clinician.id }} search={{}}>
          <Trans>Other visits with {offered.clinician.name}</Trans>
        </Link>
      </p>
      <p>
        <Link to="/">
          <Trans>Find another clinician</Trans>
        </Link>
      </p>
    </Notice>
  )
}

type Of = (field: string) => string | undefined

function Person({ draft, put, of }: Booking & { of: Of }) {
  const { t } = useLingui()
  const wrong = (['month', 'day', 'year'] as const).find((part: keyof TypedDate) => of(`born-${part}`))
  return (
    <>
      <div className={css.pair}>
        <TextField
          name="givenName"
          label={t`First name`}
          value={draft.givenName}
          onChange={(givenName) => put({ givenName })}
          error={of('givenName')}
          maxLength={100}
          autoComplete="given-name"
        />
        <TextField
          name="familyName"
          label={t`Last name`}
          value={draft.familyName}
          onChange={(familyName) => put({ familyName })}
          error={of('familyName')}
          maxLength={100}
          autoComplete="family-name"
        />
      </div>
      <DateOfBirth
        name="born"
        label={t`Date of birth`}
        value={draft.born}
        onChange={(born) => put({ born })}
        wrong={wrong}
        error={wrong && of(`born-${wrong}`)}
      />
      <ChoiceField
        name="here"
        label={t`Has the patient been here before?`}
        inline
        value={draft.here}
        onChange={(here) => put({ here })}
        error={of('here')}
        options={[
          { value: 'new', label: t`No, first time` },
          { value: 'known', label: t`Yes` },
        ]}
      />
    </>
  )
}

/** What helps the clinic and is nobody's duty to say: the reason, the plan. */
export function Extras({ draft, put, search }: Booking) {
  const { t } = useLingui()
  return (
    <div className={css.optional}>
      <LongTextField
        name="reason"
        label={t`What is it about?`}
        hint={t`A few words help the clinician to prepare.`}
        optional
        maxLength={500}
        value={draft.reason}
        onChange={(reason) => put({ reason })}
      />
      <PlanField
        name="planId"
        optional
        value={draft.planId ?? search.planId ?? ''}
        onChange={(planId) => put({ planId })}
        hint={t`Care without insurance is fine too`}
      />
      <SupportField support={draft.support} onChange={(support) => put({ support })} />
    </div>
  )
}
