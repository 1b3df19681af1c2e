/** Signing in: a passkey first, else a code to a phone or email, else a password. One page for patients and staff. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { signInWithPasskey, startPasskeySignIn, type SignInReply } from '../../../../server/people/sign-in/contract.ts'
import { call } from '../../call.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { Button } from '../../ui/button.tsx'
import { useHouse } from '../../ui/house.ts'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { askForPasskey, knowsPasskeys } from '../passkey.ts'
import { homeOf, useForget } from '../session.ts'
import { ByCode } from './by-code.tsx'
import { ByPassword } from './by-password.tsx'
import { DemoRoles } from './demo-roles.tsx'
import { SecondFactor } from './second-factor.tsx'
import css from './sign-in.module.css'

const route = getRouteApi('/patient/sign-in')
type Way = 'code' | 'password'

export function Screen() {
  const { t } = useLingui()
  const { demo } = useHouse()
  const [way, choose] = useState<Way>()
  const [pending, wait] = useState<SignInReply>()
  const finish = useFinish()
  const arrived = (reply: SignInReply) => (reply.state === 'signed_in' ? finish(reply.role ?? '') : wait(reply))
  if (pending) return <SecondFactor pending={pending} onDone={arrived} onBack={() => wait(undefined)} />
  return (
    <Page title={t`Sign in`} lead={t`See your visits, your record and who opened it. To book, no account is needed.`}>
      <div className={css.ways}>
        {knowsPasskeys() && <ByPasskey onDone={arrived} />}
        {way === 'code' && <ByCode onDone={arrived} />}
        {way === 'password' && <ByPassword onDone={arrived} />}
        {way !== 'code' && (
          <Button variant="default" fullWidth onClick={() => choose('code')}>
            <Trans>Get a code by text or email</Trans>
          </Button>
        )}
        {way !== 'password' && (
          <Button variant="default" fullWidth onClick={() => choose('password')}>
            <Trans>Use a password</Trans>
          </Button>
        )}
      </div>
      {demo && <DemoRoles onDone={finish} />}
    </Page>
  )
}

/** Goes where the person wanted to go, or to the first page of their role. */
export function useFinish() {
  const navigate = useNavigate()
  const forget = useForget()
  const { to } = route.useSearch()
  return async (role: string) => {
    await forget()
    await (to === undefined ? navigate({ to: homeOf(role) }) : navigate({ href: to }))
  }
}

function ByPasskey({ onDone }: { onDone: (reply: SignInReply) => unknown }) {
  const [stopped, say] = useState(false)
  const signing = useMutation({
    mutationFn: async () => {
      say(false)
      const { step, options } = await call(startPasskeySignIn, { body: {} })
      const answer = await askForPasskey(options)
      return answer && call(signInWithPasskey, { body: { step, answer } })
    },
    onSuccess: (reply) => (reply ? onDone(reply) : say(true)),
  })
  return (
    <>
      <Refusal error={signing.error} />
      {stopped && (
        <Notice says="polite">
          <p>
            <Trans>No passkey was used. Try again, or choose another way below.</Trans>
          </p>
        </Notice>
      )}
      <BusyButton fullWidth busy={signing.isPending} onClick={() => signing.mutate()}>
        <Trans>Sign in with a passkey</Trans>
      </BusyButton>
      <p className={css.hint}>
        <Trans>A passkey is your fingerprint, your face or the code of this device. Nothing to remember.</Trans>
      </p>
    </>
  )
}
