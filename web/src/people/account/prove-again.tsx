/** A change that matters asks once more who is there, and then goes on with what was wanted. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { proveItIsMe } from '../../../../server/people/account/contract.ts'
import { startPasskeySignIn, type ProveAgain as Again } from '../../../../server/people/sign-in/contract.ts'
import { call, Refused } from '../../call.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { askForPasskey } from '../passkey.ts'
import { Proving } from '../sign-in/by-code.tsx'
import css from './account.module.css'

/** Runs work; when the server wants a new proof, asks for it first and runs the work again. */
export type Guarded = <T>(work: () => Promise<T>) => Promise<T>

interface Waiting {
  go: () => void
  stop: (why: unknown) => void
}

export function useProving() {
  const [waiting, wait] = useState<Waiting>()
  const guarded: Guarded = async (work) => {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== 'prove_again') throw error
      await new Promise<void>((go, stop) => wait({ go, stop: () => stop(error) }))
      return work()
    }
  }
  return { waiting, guarded, settle: () => wait(undefined) }
}

interface ProveAgainProps {
  waiting: Waiting | undefined
  settle: () => void
  hasPasskey: boolean
  hasPassword: boolean
  hasTotp: boolean
  isDemo?: boolean
}

export function ProveAgain({ waiting, settle, ...has }: ProveAgainProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (waiting) dialog.current?.showModal()
    else dialog.current?.close()
  }, [waiting])
  const done = () => {
    waiting?.go()
    settle()
  }
  const stop = () => {
    waiting?.stop(undefined)
    settle()
  }
  return (
    <dialog
      ref={dialog}
      className={css.dialog}
      aria-labelledby="prove-again"
      onCancel={(event) => {
        event.preventDefault()
        stop()
      }}
    >
      <h2 id="prove-again">
        <Trans>Show once more that it is you</Trans>
      </h2>
      {waiting && <Ways {...has} prove={(body) => call(proveItIsMe, { body })} onDone={done} />}
      <Button variant="subtle" onClick={stop}>
        <Trans>Leave it as it is</Trans>
      </Button>
    </dialog>
  )
}

interface WaysProps {
  hasPasskey: boolean
  hasPassword: boolean
  hasTotp: boolean
  /** The demo's people have nothing to show: one press is theirs. */
  isDemo?: boolean
  prove: (body: Again) => Promise<unknown>
  onDone: () => void
}

/** By passkey, by password (and app), or by a code for who has neither. Also for unlocking a screen. */
export function Ways({ hasPasskey, hasPassword, hasTotp, isDemo = false, prove, onDone }: WaysProps) {
  const { t } = useLingui()
  const [password, typePassword] = useState('')
  const [code, typeCode] = useState('')
  const proving = useMutation({ mutationFn: prove, onSuccess: onDone })
  const byPasskey = useMutation({
    mutationFn: async () => {
      const { step, options } = await call(startPasskeySignIn, { body: {} })
      const answer = await askForPasskey(options)
      if (answer) await proving.mutateAsync({ passkey: { step, answer } })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    proving.mutate({ password, ...(hasTotp && { code: code.replace(/\D/g, '') }) })
  }
  return (
    <div className={css.parts}>
      <Refusal error={proving.error ?? byPasskey.error} />
      {hasPasskey && (
        <BusyButton busy={byPasskey.isPending} onClick={() => byPasskey.mutate()}>
          <Trans>Use my passkey</Trans>
        </BusyButton>
      )}
      {hasPassword && (
        <form onSubmit={submit} noValidate className={css.form}>
          <TextField
            name="again-password"
            type="password"
            label={t`Password`}
            value={password}
            onChange={typePassword}
            autoComplete="current-password"
            maxLength={256}
          />
          {hasTotp && (
            <TextField
              name="again-code"
              label={t`Six digits from your app`}
              value={code}
              onChange={typeCode}
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={7}
            />
          )}
          <BusyButton type="submit" busy={proving.isPending}>
            <Trans>Continue</Trans>
          </BusyButton>
        </form>
      )}
      {isDemo && (
        <BusyButton busy={proving.isPending} onClick={() => proving.mutate({})}>
          <Trans>Go on with the demo</Trans>
        </BusyButton>
      )}
      {!isDemo && !hasPasskey && !hasPassword && <Proving onProved={async (proof) => proving.mutateAsync({ proof })} />}
    </div>
  )
}
