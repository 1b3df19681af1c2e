/** A page of the privacy officer: asks who is signed out to sign in, and says so to whom it is not for. */
import { Trans, useLingui } from '@lingui/react/macro'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Refused } from '../../call.ts'
import { isSignedOut, ToSignIn } from '../../people/me/own-page.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { Refusal } from '../../ui/refusal.tsx'

interface OfficerPageProps<T> {
  title: string
  lead?: ReactNode
  /** What the page is about. */
  asked: Pick<UseQueryResult<T>, 'data' | 'error' | 'refetch'>
  children: (told: T) => ReactNode
}

/** What was told stays when asking again fails, with the refusal above it. */
export function OfficerPage<T>({ title, lead, asked, children }: OfficerPageProps<T>) {
  const { t } = useLingui()
  const { data, error } = asked
  if (isSignedOut(error)) return <ToSignIn />
  if (data === undefined && !error) return <Loading page />
  if (isForbidden(error))
    return (
      <Page title={title} width="wide">
        <Empty icon="info" title={t`This page is not for your role`}>
          <p>
            <Trans>Only the privacy officer works here. Choose another page above.</Trans>
          </p>
        </Empty>
      </Page>
    )
  return (
    <Page title={title} lead={lead} width="wide">
      <Refusal error={error} onAgain={() => void asked.refetch()} />
      {data !== undefined && children(data)}
    </Page>
  )
}

export const isForbidden = (error: unknown) => error instanceof Refused && error.status === 403
