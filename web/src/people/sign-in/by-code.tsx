/** For patients: six digits to a phone or email, typed back. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { proveContact, sendContactCode } from '../../../../server/people/contract.ts'
import { signInWithProof, type SignInReply } from '../../../../server/people/sign-in/contract.ts'
import { call } from '../../call.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { readContact } from '../../ui/contact.ts'
import { TextField } from '../../ui/field.tsx'
import { PhoneOrEmail } from '../../ui/phone-or-email.tsx'
import { ProblemSummary, useProblems } from '../../ui/problems.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { useLanguage } from '../../ui/use-language.ts'
import { DemoMailbox } from './demo-mailbox.tsx'
import css from './sign-in.module.css'

export function ByCode({ onDone }: { onDone: (reply: SignInReply) => unknown }) {
  const language = useLanguage()
  return (
    <Proving
      hint={<Trans>For patients. Use the phone or email that the clinic has, so that we find your record.</Trans>}
      onProved={async (proof) => onDone(await call(signInWithProof, { body: { proof, language } }))}
    />
  )
}

interface ProvingProps {
  hint?: React.ReactNode
  /** Whose hands the contact is in is shown by `proof`. */
  onProved: (proof: string) => Promise<unknown>
}

/** Asks for a phone or email, sends a code, and reads it back. Also for a password that was lost. */
export function Proving({ hint, onProved }: ProvingProps) {
  const { t } = useLingui()
  const language = useLanguage()
  const problems = useProblems()
  const [contact, typeContact] = useState('')
  const [sent, keep] = useState<{ id: string; to: string }>()
  const [code, typeCode] = useState('')
  const sending = useMutation({
    mutationFn: async () => {
      const to = readContact(contact)
      if (!to) return
      keep({ id: (await call(sendContactCode, { body: { to, language } })).id, to: to.value })
    },
  })
  const proving = useMutation({
    mutationFn: async (digits: string) => {
      const { proof } = await call(proveContact, { path: { id: sent?.id ?? '' }, body: { code: digits } })
      await onProved(proof)
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const digits = code.replace(/\D/g, '')
    if (!sent) {
      const isFit = readContact(contact) !== undefined
      if (problems.report(isFit ? [] : [{ field: 'contact', text: t`Enter a phone number or an email` }]))
        sending.mutate()
    } else if (
      problems.report(digits.length === 6 ? [] : [{ field: 'code', text: t`Type the six digits of the code` }])
    )
      proving.mutate(digits)
  }
  return (
    <form onSubmit={submit} noValidate className={css.form}>
      <ProblemSummary problems={problems.problems} tries={problems.tries} />
      <Refusal error={sending.error ?? proving.error} />
      {sent ? (
        <>
          <output>
            <Trans>We sent six digits to {sent.to}. They are good for ten minutes.</Trans>
          </output>
          <TextField
            name="code"
            label={t`Six-digit code`}
            value={code}
            onChange={typeCode}
            error={problems.of('code')}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={9}
            spellCheck={false}
          />
          <DemoMailbox />
        </>
      ) : (
        <>
          {hint && <p className={css.hint}>{hint}</p>}
          <PhoneOrEmail
            name="contact"
            hint={t`We send a code to it. The reply is the same whether or not we know you.`}
            value={contact}
            onChange={typeContact}
            error={problems.of('contact')}
          />
        </>
      )}
      <BusyButton type="submit" busy={sending.isPending || proving.isPending}>
        {sent ? <Trans>Continue</Trans> : <Trans>Send the code</Trans>}
      </BusyButton>
      {sent && (
        <button type="button" className={css.link} onClick={() => keep(undefined)}>
          <Trans>Use another phone or email</Trans>
        </button>
      )}
    </form>
  )
}
