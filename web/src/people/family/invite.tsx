/** Inviting an adult to act for me: whom, what they may do, until when; then the link, once, to send on. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { readAccount } from '../../../../server/people/account/contract.ts'
import { inviteProxy } from '../../../../server/people/proxies/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { asking, call } from '../../call.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { Button } from '../../ui/button.tsx'
import { readContact } from '../../ui/contact.ts'
import { TextField } from '../../ui/field.tsx'
import { CheckField, Fieldset } from '../../ui/fieldset.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PhoneOrEmail } from '../../ui/phone-or-email.tsx'
import { ProblemSummary, useProblems } from '../../ui/problems.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { ProveAgain, useProving } from '../account/prove-again.tsx'
import { allScopes, scopeWords, type Scope } from './scope-words.ts'
import css from '../me/me.module.css'

interface Typed {
  name: string
  contact: string
  scopes: readonly Scope[]
  /** YYYY-MM-DD or '' */
  until: string
}

export function Invite({ onInvited }: { onInvited: () => void }) {
  const account = useQuery(asking(readAccount)).data
  const proving = useProving()
  const inviting = useMutation({
    mutationFn: async ({ name, contact, scopes, until }: Typed) => {
      const to = readContact(contact)
      if (!to) return undefined
      // To the end of that day, where the person is.
      const end = until && { until: new Date(`${until}T23:59:59`).toISOString() }
      return proving.guarded(() =>
        call(inviteProxy, { body: { name: name.trim(), contact: to, scopes: [...scopes], ...end } }),
      )
    },
    onSuccess: onInvited,
  })
  if (inviting.data) return <SendOn invited={inviting.data} />
  return (
    <>
      <ProveAgain
        {...proving}
        hasPassword={account?.password ?? false}
        hasTotp={account?.totp ?? false}
        hasPasskey={(account?.passkeys.length ?? 0) > 0}
      />
      <InviteForm busy={inviting.isPending} error={inviting.error} onDone={inviting.mutate} />
    </>
  )
}

interface InviteFormProps {
  busy: boolean
  error: unknown
  onDone: (typed: Typed) => void
}

function InviteForm({ busy, error, onDone }: InviteFormProps) {
  const { t, i18n } = useLingui()
  const problems = useProblems()
  const [typed, type] = useState<Typed>({ name: '', contact: '', scopes: ['book'], until: '' })
  const put = (some: Partial<Typed>) => type({ ...typed, ...some })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = [
      ...(typed.name.trim() === '' ? [{ field: 'name', text: t`Enter their name` }] : []),
      ...(readContact(typed.contact) ? [] : [{ field: 'contact', text: t`Enter a phone number or an email` }]),
      ...(typed.scopes.length === 0 ? [{ field: 'scope-book', text: t`Choose what they may do` }] : []),
    ]
    if (problems.report(found)) onDone(typed)
  }
  return (
    <form onSubmit={submit} noValidate className={css.form}>
      <ProblemSummary problems={problems.problems} tries={problems.tries} />
      <TextField
        name="name"
        label={t`Their name`}
        value={typed.name}
        onChange={(name) => put({ name })}
        error={problems.of('name')}
        maxLength={100}
        autoComplete="off"
      />
      <PhoneOrEmail
        name="contact"
        label={t`Their mobile phone or email`}
        hint={t`We send them a code to it when they open the link. Nobody else can use it.`}
        value={typed.contact}
        onChange={(contact) => put({ contact })}
        error={problems.of('contact')}
      />
      <Fieldset name="scopes" label={t`They may`} error={problems.of('scope-book')}>
        {allScopes.map((scope) => (
          <CheckField
            key={scope}
            name={`scope-${scope}`}
            label={i18n._(scopeWords[scope])}
            checked={typed.scopes.includes(scope)}
            onChange={(isOn) =>
              put({ scopes: allScopes.filter((one) => (one === scope ? isOn : typed.scopes.includes(one))) })
            }
          />
        ))}
      </Fieldset>
      <TextField
        name="until"
        type="date"
        label={t`Until`}
        hint={t`Leave it empty and it goes on until you end it.`}
        optional
        value={typed.until}
        onChange={(until) => put({ until })}
      />
      <Refusal error={error} />
      <BusyButton type="submit" busy={busy}>
        <Trans>Make the link</Trans>
      </BusyButton>
    </form>
  )
}

function SendOn({ invited: { url, sentTo } }: { invited: Reply<typeof inviteProxy> }) {
  const { t } = useLingui()
  const [copied, say] = useState(false)
  return (
    <Notice tone="good" says="polite" title={t`Send them this link`}>
      <p className={css.link}>{url}</p>
      <p>
        <Trans>It is shown only now, works once and for seven days. When they open it, a code goes to {sentTo}.</Trans>
      </p>
      <Button size="sm" onClick={() => void navigator.clipboard.writeText(url).then(() => say(true))}>
        {copied ? <Trans>Copied</Trans> : <Trans>Copy the link</Trans>}
      </Button>
    </Notice>
  )
}
