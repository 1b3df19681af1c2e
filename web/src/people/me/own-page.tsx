/** A page about one's own record: asks who does not know us to sign in, and who has no record yet to join it first. */
import { useLingui } from '@lingui/react/macro'
import type { UseQueryResult } from '@tanstack/react-query'
import { Navigate, useLocation } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { Refused } from '../../call.ts'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { BackLink } from '../../ui/step-header.tsx'

interface OwnPageProps<T> {
  title: string
  lead?: ReactNode
  /** What the page is about, of one's own record. */
  asked: UseQueryResult<T>
  children: (told: T) => ReactNode
}

export function OwnPage<T>({ title, lead, asked, children }: OwnPageProps<T>) {
  const { t } = useLingui()
  const { data, error } = asked
  if (isSignedOut(error)) return <ToSignIn />
  if (hasNoRecord(error)) return <Navigate to="/me" replace />
  if (data === undefined && !error) return <Loading page />
  return (
    <Page
      title={title}
      lead={lead}
      above={
        <nav aria-label={t`Way back`}>
          <BackLink to="/me" />
        </nav>
      }
    >
      <Refusal error={error} onAgain={() => void asked.refetch()} />
      {data !== undefined && children(data)}
    </Page>
  )
}

/** To sign in, and then back here. */
export function ToSignIn() {
  const here = useLocation({ select: ({ pathname }) => pathname })
  // On the way out the address is the next page's already.
  const [to] = useState(here)
  return <Navigate to="/sign-in" search={{ to }} replace />
}

export const isSignedOut = (error: unknown) => error instanceof Refused && error.status === 401
export const hasNoRecord = (error: unknown) => error instanceof Refused && error.code === 'no_record'
