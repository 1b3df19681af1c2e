/** Pages for when there is no page: an address that leads nowhere, and a screen that failed. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Link, type ErrorComponentProps } from '@tanstack/react-router'
import { Page } from './page.tsx'
import { Refusal } from './refusal.tsx'

/** An address that leads nowhere: where to go instead. */
export function NotFoundPage() {
  const { t } = useLingui()
  return (
    <Page title={t`This page is not here`} lead={t`The link may be old, or a letter is missing.`}>
      <Link to="/">
        <Trans>Find care and book a visit</Trans>
      </Link>
    </Page>
  )
}

/** A screen whose data could not be had, or that failed: what happened, and another try. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const { t } = useLingui()
  return (
    <Page title={t`We could not show this page`}>
      <Refusal error={error} onAgain={reset} />
    </Page>
  )
}
