/** Staff pages for who is not signed in, and for who works elsewhere: never an empty screen. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Link, useLocation } from '@tanstack/react-router'
import { useHouse } from '../../ui/house.ts'
import { Page } from '../../ui/page.tsx'
import { roleWords } from '../roles.ts'
import { homeOf, useForget } from '../session.ts'
import { DemoRoles } from '../sign-in/demo-roles.tsx'
import css from './work.module.css'

export function WayIn() {
  const { t } = useLingui()
  const { demo } = useHouse()
  const forget = useForget()
  const path = useLocation({ select: ({ href }) => href })
  return (
    <main id="main" className={css.page}>
      <Page title={t`For people who work here`} lead={t`Sign in to go on.`}>
        <p>
          <a className={css.link} href={`/sign-in?to=${encodeURIComponent(path)}`}>
            <Trans>Sign in with your own account</Trans>
          </a>
        </p>
        {demo && (
          <DemoRoles
            onDone={(role) => forget().then(() => (role === 'patient' ? location.assign('/me') : undefined))}
          />
        )}
      </Page>
    </main>
  )
}

export function NotForYou({ role }: { role: string }) {
  const { t, i18n } = useLingui()
  const name = roleWords[role] ? i18n._(roleWords[role]) : role
  return (
    <div className={css.page}>
      <Page title={t`This page is not part of your work`}>
        <p>
          <Trans>You are signed in as: {name}. If you need this page, ask your administrator.</Trans>
        </p>
        <p>
          <Link to={homeOf(role)} className={css.link}>
            <Trans>To my own page</Trans>
          </Link>
        </p>
      </Page>
    </div>
  )
}
