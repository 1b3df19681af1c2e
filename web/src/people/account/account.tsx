/** One's own account: ways to sign in, devices, recovery codes. What matters asks once more who is there. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { readAccount } from '../../../../server/people/account/contract.ts'
import { asking } from '../../call.ts'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { Devices } from './devices.tsx'
import { Passkeys } from './passkeys.tsx'
import { Codes } from './codes.tsx'
import { PasswordPart } from './password.tsx'
import { ProveAgain, useProving } from './prove-again.tsx'
import { Totp } from './totp.tsx'
import css from './account.module.css'

export function Screen() {
  const { t } = useLingui()
  const account = useQuery(asking(readAccount))
  const proving = useProving()
  if (account.error && !account.data)
    return (
      <Page title={t`Your account`}>
        <Refusal error={account.error} onAgain={() => void account.refetch()} />
        <Link to="/sign-in">
          <Trans>Sign in</Trans>
        </Link>
      </Page>
    )
  if (!account.data) return <Loading page />
  const { data } = account
  const part = { account: data, guarded: proving.guarded, refresh: () => void account.refetch() }
  return (
    <Page title={t`Your account`} lead={data.contacts.map(({ value }) => value).join(', ')}>
      <ProveAgain {...proving} hasPassword={data.password} hasTotp={data.totp} hasPasskey={data.passkeys.length > 0} />
      <div className={css.parts}>
        <Passkeys {...part} />
        <PasswordPart {...part} />
        <Totp {...part} />
        <Codes {...part} />
        <Devices {...part} />
      </div>
    </Page>
  )
}
