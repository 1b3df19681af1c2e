/** Somebody was referred, and holds the link: only the times that the referral allows, booked without an account. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import { openReferralLink } from '../../../../server/scheduling/referrals/contract.ts'
import type { bookAppointment } from '../../../../server/scheduling/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { asking, Refused } from '../../call.ts'
import { ChoiceField } from '../../ui/fieldset.tsx'
import { phoneLink, sayPhone, useHouse } from '../../ui/house.ts'
import { Stack } from '../../ui/layout.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { dateName } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import { Booked } from './booked.tsx'
import { Times } from './times.tsx'

export type Opened = Reply<typeof openReferralLink>
const over = new Set(['referral_over', 'referral_used', 'referral_expired', 'malformed'])

export function Screen() {
  const { t } = useLingui()
  const language = useLanguage()
  const token = useLocation({ select: ({ hash }) => hash })
  const [booked, keep] = useState<Reply<typeof bookAppointment>>()
  const { data, error, refetch } = useQuery({
    ...asking(openReferralLink, { body: { token, language } }),
    enabled: token !== '' && !booked,
    retry: false,
  })
  if (booked) return <Booked booked={booked} />
  if (!token || (error instanceof Refused && over.has(error.code))) return <LinkIsOver error={error} />
  if (error && !data)
    return (
      <Page title={t`Book your visit`}>
        <Refusal error={error} onAgain={() => void refetch()} />
      </Page>
    )
  if (!data) return <Loading page />
  return <Choose opened={data} token={token} onBooked={keep} again={() => void refetch()} />
}

interface ChooseProps {
  opened: Opened
  token: string
  onBooked: (booked: Reply<typeof bookAppointment>) => void
  again: () => void
}

function Choose({ opened, token, onBooked, again }: ChooseProps) {
  const { t } = useLingui()
  const language = useLanguage()
  const { offered, referrer, until, patientFirstName } = opened
  const [chosen, choose] = useState(offered[0]?.offering.id ?? '')
  const one = offered.find(({ offering }) => offering.id === chosen)
  return (
    <Page
      title={t`Book your visit, ${patientFirstName}`}
      lead={t`${referrer} sent you here. The visit must be by ${dateName(until, language)}. You do not need an account.`}
    >
      <Stack>
        {offered.length === 0 && (
          <Notice tone="warn">
            <Trans>Nobody offers this visit online right now. Call us and we will find a time.</Trans>
          </Notice>
        )}
        {offered.length > 1 && (
          <ChoiceField
            name="with"
            label={t`Which visit?`}
            value={chosen}
            onChange={choose}
            options={offered.map(({ offering, clinician, place }) => ({
              value: offering.id,
              label: `${offering.visitType.name} · ${clinician.name}`,
              hint:
                offering.mode === 'video'
                  ? t`By video, ${offering.minutes} min`
                  : t`${place.name}, ${offering.minutes} min`,
            }))}
          />
        )}
        {one && (
          <Times key={chosen} one={one} alone={offered.length === 1} token={token} onBooked={onBooked} onOver={again} />
        )}
      </Stack>
    </Page>
  )
}

function LinkIsOver({ error }: { error: unknown }) {
  const { t } = useLingui()
  const { phone } = useHouse()
  const code = error instanceof Refused ? error.code : ''
  const used = code === 'referral_used'
  return (
    <Page title={used ? t`A visit is booked` : t`This link does not work any more`}>
      <Stack>
        <p>
          {used ? (
            <Trans>
              A visit is booked for this referral. The message about it has a link to see it, move it or cancel it.
            </Trans>
          ) : code === 'referral_expired' ? (
            <Trans>The last day of this referral has passed. Call us, or ask for a new one where it came from.</Trans>
          ) : (
            <Trans>Perhaps you were sent a newer one. If not, call us and we will book the visit with you.</Trans>
          )}
        </p>
        {phone && (
          <p>
            <a href={phoneLink(phone)}>
              <Trans>Call {sayPhone(phone)}</Trans>
            </a>
          </p>
        )}
        <p>
          <Link to="/">
            <Trans>Find care</Trans>
          </Link>
        </p>
      </Stack>
    </Page>
  )
}
