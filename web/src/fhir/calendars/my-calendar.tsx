/** A clinician's own visits in their calendar program: secret addresses made, shown once, renewed, ended. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listFeeds } from '../../../../server/fhir/calendar-feed/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { asking, Refused } from '../../call.ts'
import { ToSignIn } from '../../people/me/own-page.tsx'
import css from '../../people/staff/staff.module.css'
import { Empty } from '../../ui/empty.tsx'
import { Stack } from '../../ui/layout.tsx'
import { TickList } from '../../ui/lists.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { AddressCard } from './address-card.tsx'
import { AddressShown, type Address } from './address-shown.tsx'
import { MakeAddress } from './make-address.tsx'

export function Screen() {
  const { t } = useLingui()
  const asked = useQuery(asking(listFeeds))
  const { data, error } = asked
  if (error instanceof Refused && error.code === 'unauthenticated') return <ToSignIn />
  if (data === undefined && !error) return <Loading page />
  return (
    <Page
      title={t`My calendar`}
      lead={t`A secret address shows your visits in the calendar program that you use. The program asks for it every few hours, so a change may take as long to show.`}
      width="wide"
    >
      <Refusal error={error} onAgain={() => void asked.refetch()} />
      {data && <Addresses told={data} refresh={() => asked.refetch()} />}
    </Page>
  )
}

interface AddressesProps {
  told: Reply<typeof listFeeds>
  refresh: () => Promise<unknown>
}

function Addresses({ told: { feeds, clinicians }, refresh }: AddressesProps) {
  const { t } = useLingui()
  // Above the list, so that a list that is read anew does not take it away.
  const [address, show] = useState<Address>()
  const shown = (next: Address) => {
    show(next)
    void refresh()
  }
  return (
    <Stack>
      <section aria-labelledby="what-it-shows">
        <h2 id="what-it-shows">
          <Trans>What it shows</Trans>
        </h2>
        <TickList
          items={[
            t`When each visit is, how long, and where: of the last month and the next six.`,
            t`No name of a patient, no reason, no kind of visit.`,
            t`Whoever has the address sees the same without signing in, and so does the company that runs your calendar. Give it to nobody; if it got out, renew it here.`,
          ]}
        />
      </section>
      {address && <AddressShown key={address.id} address={address} onKept={() => show(undefined)} />}
      {clinicians.length === 0 ? (
        <Empty icon="info" title={t`No clinician’s days are yours`}>
          <p>
            <Trans>Ask an administrator to say whose visits you see. Then you can make an address here.</Trans>
          </p>
        </Empty>
      ) : (
        <MakeAddress clinicians={clinicians} onMade={shown} />
      )}
      {feeds.length > 0 && (
        <section aria-labelledby="open-addresses">
          <h2 id="open-addresses">
            <Trans>Addresses that are open</Trans>
          </h2>
          <ul className={css.list}>
            {feeds.map((feed) => (
              <AddressCard
                key={feed.id}
                feed={feed}
                onRenewed={shown}
                onEnded={async () => {
                  if (address?.id === feed.id) show(undefined)
                  await refresh()
                }}
              />
            ))}
          </ul>
        </section>
      )}
    </Stack>
  )
}
