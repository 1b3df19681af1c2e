/** A page of the practice administrator: the way between these pages, and what it shows once that is known. */
import { useLingui } from '@lingui/react/macro'
import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Refused } from '../../call.ts'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { ToSignIn } from '../me/own-page.tsx'
import { useSession } from '../session.ts'
import css from './staff.module.css'

interface StaffPageProps<T> {
  title: string
  lead?: ReactNode
  asked: UseQueryResult<T>
  children: (told: T) => ReactNode
}

/** A locked screen keeps the page, and with it what was typed: only who is signed out goes to sign in. */
export function StaffPage<T>({ title, lead, asked, children }: StaffPageProps<T>) {
  const { data, error } = asked
  if (error instanceof Refused && error.code === 'unauthenticated') return <ToSignIn />
  if (data === undefined && !error) return <Loading page />
  return (
    <Page title={title} lead={lead} above={<Ways />} width="wide">
      <Refusal error={error} onAgain={() => void asked.refetch()} />
      {data !== undefined && children(data)}
    </Page>
  )
}

function Ways() {
  const { t } = useLingui()
  const manages = useManages()
  const ways = [
    { to: '/staff', name: t`Colleagues` },
    { to: '/staff/roles', name: t`What each role may do` },
    ...(manages ? [{ to: '/staff/rules', name: t`Rules` } as const] : []),
    { to: '/staff/vendors', name: t`Outside services` },
    ...(manages
      ? ([
          { to: '/staff/webhooks', name: t`Webhooks` },
          { to: '/staff/calendars', name: t`Calendar addresses` },
        ] as const)
      : []),
  ] as const
  return (
    <nav aria-label={t`Administration`} className={css.ways}>
      {ways.map(({ to, name }) => (
        <Link key={to} to={to} activeOptions={{ exact: true }} className={css.way}>
          {name}
        </Link>
      ))}
    </nav>
  )
}

/** Whether whoever is signed in may change things here; the privacy officer only reads. */
export function useManages(): boolean {
  return useSession()?.role === 'practice_admin'
}
