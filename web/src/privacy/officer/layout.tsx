/** What the privacy officer's pages stand in: the way from one to the other. */
import { useLingui } from '@lingui/react/macro'
import { Link, Outlet } from '@tanstack/react-router'
import css from './officer.module.css'

export function Screen() {
  const { t } = useLingui()
  const ways = [
    ['/officer', t`What waits`],
    ['/officer/glass', t`Broken glass`],
    ['/officer/closed', t`Closed records`],
    ['/officer/looks', t`Looks`],
    ['/officer/log', t`Access log`],
    ['/officer/merges', t`Merged records`],
    ['/officer/corrections', t`Corrections`],
    ['/officer/disclosures', t`Disclosures`],
    ['/officer/holds', t`Holds`],
  ] as const
  return (
    <div className={css.frame}>
      <nav className={css.nav} aria-label={t`Privacy officer`}>
        <ul>
          {ways.map(([to, name]) => (
            <li key={to}>
              <Link to={to} activeOptions={{ exact: true, includeSearch: false }}>
                {name}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Outlet />
    </div>
  )
}
