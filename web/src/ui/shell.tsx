/** The frame of every patient page: whose clinic it is, a phone always in reach, the other language, and where help is. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useHouse, phoneLink, sayPhone } from './house.ts'
import { Icon, Mark } from './icon.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import { OfflineBanner } from './offline-banner.tsx'
import css from './shell.module.css'

interface ShellProps {
  /** Beside the language and the phone, or under them: who is signed in. */
  tools?: ReactNode
  /** Over every page, of what must never be overlooked. */
  above?: ReactNode
  children: ReactNode
}

/** Header, main landmark and footer around a page; the skip link is the first thing a keyboard meets. */
export function Shell({ tools, above, children }: ShellProps) {
  return (
    <div className={css.shell}>
      <a className={css.skip} href="#main">
        <Trans>Skip to the page</Trans>
      </a>
      <Header tools={tools} />
      <OfflineBanner />
      {above}
      <main id="main" tabIndex={-1} data-quiet-focus className={css.main}>
        {children}
      </main>
      <Footer />
    </div>
  )
}

function Header({ tools }: Pick<ShellProps, 'tools'>) {
  const { name, phone } = useHouse()
  const { t } = useLingui()
  return (
    <header className={css.header}>
      <div className={css.bar}>
        <Link to="/" className={css.home}>
          <Mark />
          <span>{name || t`Home`}</span>
        </Link>
        <div className={css.tools}>
          <LanguageSwitch />
          {phone && (
            <a className={css.call} href={phoneLink(phone)}>
              <Icon name="phone" size={20} />
              <span>
                <Trans>Call us</Trans> <span className={css.number}>{sayPhone(phone)}</span>
              </span>
            </a>
          )}
        </div>
        {tools && <div className={css.who}>{tools}</div>}
      </div>
    </header>
  )
}

function Footer() {
  const { name, phone, demo } = useHouse()
  return (
    <footer className={css.footer}>
      <div className={css.bar}>
        <div>
          {phone && (
            <p>
              <Trans>
                Need help, or rather talk to a person? Call <a href={phoneLink(phone)}>{sayPhone(phone)}</a>.
              </Trans>
            </p>
          )}
          <p>
            <Trans>
              In an emergency call <a href="tel:911">911</a>. In a crisis call or text <a href="tel:988">988</a>.
            </Trans>
          </p>
        </div>
        <div className={css.small}>
          <p>
            <Trans>No advertising, no tracking: this site talks to your clinic only.</Trans>
          </p>
          <p>
            <Link to="/honest-numbers">
              <Trans>Honest numbers: how true what you see here is</Trans>
            </Link>
          </p>
          <p>
            {name}
            {demo && (
              <>
                {' · '}
                <Trans>Demo clinic: nobody here is real</Trans>
              </>
            )}
          </p>
        </div>
      </div>
    </footer>
  )
}
