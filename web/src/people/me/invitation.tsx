/** The clinic invited a patient: signed in, they type a code that goes to the contact on record, and the record is theirs. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { acceptInvitation, openInvitation } from '../../../../server/people/contract.ts'
import type { SignInReply } from '../../../../server/people/sign-in/contract.ts'
import { call } from '../../call.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { ProblemSummary, useProblems } from '../../ui/problems.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { useLanguage } from '../../ui/use-language.ts'
import { useForget, useSession } from '../session.ts'
import { ByCode } from '../sign-in/by-code.tsx'
import { DemoMailbox } from '../sign-in/demo-mailbox.tsx'
import { SecondFactor } from '../sign-in/second-factor.tsx'
import css from './me.module.css'

export function Screen() {
  const { t } = useLingui()
  const session = useSession()
  const token = useLocation({ select: ({ hash }) => hash })
  if (!session) return <Loading page />
  if (token.length < 20)
    return (
      <Page
        title={t`This link is not whole`}
        lead={t`Open the invitation again from your message, or ask the clinic for a new one.`}
      />
    )
  if (session.role !== 'patient')
    return (
      <FirstSignIn title={t`You are invited`} lead={t`First an account: a code to your phone or email opens it.`} />
    )
  return <Accept token={token} />
}

/** The token stays where it is: in the address of this page, after the #. */
export function FirstSignIn({ title, lead }: { title: string; lead: string }) {
  const forget = useForget()
  const [pending, wait] = useState<SignInReply>()
  const arrived = (reply: SignInReply) => (reply.state === 'signed_in' ? forget() : wait(reply))
  if (pending) return <SecondFactor pending={pending} onDone={arrived} onBack={() => wait(undefined)} />
  return (
    <Page title={title} lead={lead}>
      <ByCode onDone={arrived} />
    </Page>
  )
}

function Accept({ token }: { token: string }) {
  const { t } = useLingui()
  const language = useLanguage()
  const opening = useMutation({ mutationFn: () => call(openInvitation, { body: { token, language } }) })
  const { data } = opening
  if (data)
    return (
      <Page title={t`Type the code`} lead={t`We sent six digits to ${data.sentTo}. They are good for ten minutes.`}>
        <TypeCode token={token} codeId={data.codeId} />
      </Page>
    )
  return (
    <Page
      title={t`Open your record`}
      lead={t`We send a code to the phone or email that the clinic has of you. Then your record opens here.`}
    >
      <Refusal error={opening.error} />
      <BusyButton busy={opening.isPending} onClick={() => opening.mutate()}>
        <Trans>Send the code</Trans>
      </BusyButton>
    </Page>
  )
}

function TypeCode({ token, codeId }: { token: string; codeId: string }) {
  const { t } = useLingui()
  const forget = useForget()
  const navigate = useNavigate()
  const problems = useProblems()
  const [code, type] = useState('')
  const accepting = useMutation({
    mutationFn: (digits: string) => call(acceptInvitation, { body: { token, codeId, code: digits } }),
    onSuccess: async () => {
      await forget()
      await navigate({ to: '/me', replace: true })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const digits = code.replace(/\D/g, '')
    const isFit = digits.length === 6
    if (problems.report(isFit ? [] : [{ field: 'code', text: t`Type the six digits of the code` }]))
      accepting.mutate(digits)
  }
  return (
    <form onSubmit={submit} noValidate className={css.form}>
      <ProblemSummary problems={problems.problems} tries={problems.tries} />
      <Refusal error={accepting.error} />
      <TextField
        name="code"
        label={t`Six-digit code`}
        value={code}
        onChange={type}
        error={problems.of('code')}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={9}
        spellCheck={false}
      />
      <DemoMailbox />
      <BusyButton type="submit" busy={accepting.isPending}>
        <Trans>Continue</Trans>
      </BusyButton>
    </form>
  )
}
