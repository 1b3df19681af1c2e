/** Somebody is invited to act for another: signed in, they type a code that goes to the contact in the invitation, and may begin. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { acceptProxyInvitation, openProxyInvitation } from '../../../../server/people/proxies/contract.ts'
import { call } from '../../call.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { TextField } from '../../ui/field.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { ProblemSummary, useProblems } from '../../ui/problems.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { useLanguage } from '../../ui/use-language.ts'
import { FirstSignIn } from '../me/invitation.tsx'
import { useSession } from '../session.ts'
import { DemoMailbox } from '../sign-in/demo-mailbox.tsx'
import { useActing, useChoose, type Person } from './acting.ts'
import { Scopes } from './may.tsx'
import css from '../me/me.module.css'

export function Screen() {
  const { t } = useLingui()
  const session = useSession()
  const acting = useActing()
  const token = useLocation({ select: ({ hash }) => hash })
  const [before, remember] = useState<readonly string[]>()
  if (!session) return <Loading page />
  if (token.length < 20)
    return (
      <Page
        title={t`This link is not whole`}
        lead={t`Open the invitation again from your message, or ask for a new one.`}
      />
    )
  if (session.role !== 'patient')
    return (
      <FirstSignIn
        title={t`Somebody trusts you to act for them`}
        lead={t`First show who you are: a code to your phone or email signs you in. This page waits.`}
      />
    )
  if (!acting) return <Loading page />
  if (acting.now !== null) return <OwnFirst />
  if (before) return <Accepted person={acting.people.find(({ grantId }) => !before.includes(grantId))} />
  return <Accept token={token} onDone={() => remember(acting.people.map(({ grantId }) => grantId))} />
}

/** An invitation is for oneself, not for whom one acts for. */
function OwnFirst() {
  const { t } = useLingui()
  const choosing = useChoose()
  return (
    <Page
      title={t`First go back to your own record`}
      lead={t`This invitation is for you. Nobody can accept it for another.`}
    >
      <Refusal error={choosing.error} />
      <BusyButton busy={choosing.isPending} onClick={() => choosing.mutate(null)}>
        <Trans>Back to my own record</Trans>
      </BusyButton>
    </Page>
  )
}

function Accept({ token, onDone }: { token: string; onDone: () => void }) {
  const { t } = useLingui()
  const language = useLanguage()
  const opening = useMutation({ mutationFn: () => call(openProxyInvitation, { body: { token, language } }) })
  const { data } = opening
  if (data)
    return (
      <Page title={t`Type the code`} lead={t`We sent six digits to ${data.sentTo}. They are good for ten minutes.`}>
        <TypeCode token={token} codeId={data.codeId} onDone={onDone} />
      </Page>
    )
  return (
    <Page
      title={t`Accept the invitation`}
      lead={t`We send a code to the phone or email that the invitation was made for. Then you may act for that person.`}
    >
      <Refusal error={opening.error} />
      <BusyButton busy={opening.isPending} onClick={() => opening.mutate()}>
        <Trans>Send the code</Trans>
      </BusyButton>
    </Page>
  )
}

function TypeCode({ token, codeId, onDone }: { token: string; codeId: string; onDone: () => void }) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const problems = useProblems()
  const [code, type] = useState('')
  const accepting = useMutation({
    mutationFn: (digits: string) => call(acceptProxyInvitation, { body: { token, codeId, code: digits } }),
    onSuccess: async () => {
      onDone()
      await queries.invalidateQueries()
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

/** What is new since before; nothing yet while it is being asked for. */
function Accepted({ person }: { person: Person | undefined }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const choosing = useChoose(() => navigate({ to: '/me', replace: true }))
  if (!person) return <Loading page />
  const { name, patientId, scopes } = person
  return (
    <Page title={t`You may now act for ${name}`} lead={<Scopes scopes={scopes} />}>
      <Refusal error={choosing.error} />
      <BusyButton busy={choosing.isPending} onClick={() => choosing.mutate(patientId)}>
        <Trans>Act for {name}</Trans>
      </BusyButton>
      <p>
        <ButtonLink to="/me" variant="subtle">
          <Trans>Not now</Trans>
        </ButtonLink>
      </p>
    </Page>
  )
}
