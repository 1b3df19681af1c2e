/** Referrals that nobody booked: what waits longest first; to call, to send the link again, to close; and who refers how well. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { exportReferrals } from '../../../../../server/scheduling/exports/contract.ts'
import { listReferrals } from '../../../../../server/scheduling/referrals/contract.ts'
import { asking } from '../../../call.ts'
import { isSignedOut, ToSignIn } from '../../../people/me/own-page.tsx'
import css from '../../../people/staff/staff.module.css'
import { Button } from '../../../ui/button.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { Row } from '../../../ui/layout.tsx'
import { Loading } from '../../../ui/loading.tsx'
import { Page } from '../../../ui/page.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { useLanguage } from '../../../ui/use-language.ts'
import { ExportLink } from '../export-link.tsx'
import { ClosedLoop } from './closed-loop.tsx'
import { NewReferral } from './new-referral.tsx'
import { ReferralCard } from './referral-card.tsx'

export function Screen() {
  const { t } = useLingui()
  const language = useLanguage()
  const [isNew, begin] = useState(false)
  const { data, error, refetch } = useQuery({
    ...asking(listReferrals, { query: { language } }),
    refetchInterval: 60_000,
  })
  if (isSignedOut(error)) return <ToSignIn />
  if (data === undefined && !error) return <Loading page />
  return (
    <Page
      title={t`Referrals not scheduled`}
      lead={t`Patients who were sent to somebody and have no visit yet. After seven days somebody should call.`}
      width="wide"
    >
      <Refusal error={error} onAgain={() => void refetch()} />
      {isNew ? (
        <NewReferral
          onMade={() => {
            begin(false)
            void refetch()
          }}
          onLeave={() => begin(false)}
        />
      ) : (
        <Row>
          <Button onClick={() => begin(true)}>
            <Trans>New referral</Trans>
          </Button>
          <ExportLink list={exportReferrals} />
        </Row>
      )}
      {data?.referrals.length === 0 && (
        <Empty icon="check" title={t`All of them are scheduled`}>
          <Trans>Nobody waits for a visit.</Trans>
        </Empty>
      )}
      <ul className={css.list}>
        {data?.referrals.map((referral) => (
          <ReferralCard key={referral.id} referral={referral} refresh={() => refetch()} />
        ))}
      </ul>
      <ClosedLoop />
    </Page>
  )
}
