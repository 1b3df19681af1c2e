/** The desk's list of what visitors are shown and nobody confirmed lately: the worst first, settled by one call each. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { listListingsToCheck } from '../../../server/directory/contract.ts'
import { asking, Refused } from '../call.ts'
import { ToSignIn } from '../people/me/own-page.tsx'
import css from '../people/staff/staff.module.css'
import { Empty } from '../ui/empty.tsx'
import { Loading } from '../ui/loading.tsx'
import { Page } from '../ui/page.tsx'
import { Refusal } from '../ui/refusal.tsx'
import { ListingCard } from './listing-card.tsx'

export function Screen() {
  const { t } = useLingui()
  const { data, error, refetch } = useQuery(asking(listListingsToCheck))
  if (error instanceof Refused && error.code === 'unauthenticated') return <ToSignIn />
  if (data === undefined && !error) return <Loading page />
  return (
    <Page
      title={t`What visitors are shown`}
      lead={t`Clinicians nobody could reach, those of whom somebody said that something is wrong, and those nobody checked for 90 days.`}
      width="wide"
    >
      <Refusal error={error} onAgain={() => void refetch()} />
      {data?.listings.length === 0 && (
        <Empty icon="check" title={t`All of it is checked`}>
          <Trans>Nothing to do here now.</Trans>
        </Empty>
      )}
      <ul className={css.list}>
        {data?.listings.map((listing) => (
          <ListingCard key={listing.roleId} listing={listing} refresh={() => refetch()} />
        ))}
      </ul>
    </Page>
  )
}
