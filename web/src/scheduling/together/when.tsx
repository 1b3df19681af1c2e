/** The blocks of times in which all of them fit, soonest first; choosing one keeps all of it at once. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { findFamilyOpenings } from '../../../../server/scheduling/linked/contract.ts'
import { asking, clinicNow } from '../../call.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { phoneLink, sayPhone, useHouse } from '../../ui/house.ts'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { StepHeader } from '../../ui/step-header.tsx'
import { dayOf, daysLater, zoneName } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import { Blocks } from './blocks.tsx'
import { nextBlocks } from './draft.ts'
import { Offered } from './offered.tsx'
import { useNavigate } from '@tanstack/react-router'
import type { Together } from './together.tsx'

const twoWeeks = 14

export function When({ offered, search, coming, draft: { side }, hold }: Together) {
  const { t } = useLingui()
  const language = useLanguage()
  const navigate = useNavigate()
  const { zone } = offered.place
  const from = search.from ?? dayOf(new Date(clinicNow()).toISOString(), zone)
  const query = { offeringId: search.offering, count: coming.length, side, from, days: twoWeeks }
  const { data, error, refetch } = useQuery(asking(findFamilyOpenings, { query }))
  const next = nextBlocks(hold.error)
  const later = () =>
    void navigate({ to: '/book-together', search: { ...search, from: daysLater(from, twoWeeks) }, resetScroll: true })
  const its = zoneName(`${from}T18:00:00Z`, zone, language)
  return (
    <Page
      title={t`Choose a time for ${coming.length}`}
      lead={t`Each of these keeps a visit for everybody. Times in ${its}.`}
      above={<StepHeader at={2} of={3} back={{ to: '/book-together', search: { ...search, step: 'who' } }} />}
    >
      <Offered offered={offered} />
      {hold.error !== null && (
        <Refusal error={hold.error}>
          {next && (
            <p>
              <Trans>Nothing was booked, and the times below are still free.</Trans>
            </p>
          )}
        </Refusal>
      )}
      <Refusal error={error} onAgain={() => void refetch()} />
      {!data && !error && <Loading cards={2} />}
      {data && (
        <Blocks
          blocks={data.blocks}
          {...{ zone, minutes: data.minutes, busy: hold.isTaking }}
          onPick={(block) => hold.take(block)}
        />
      )}
      {data?.blocks.length === 0 && <NoneTogether {...{ search, side }} />}
      {data && (
        <p>
          <Button variant="default" onClick={later}>
            <Trans>Later days</Trans>
          </Button>
        </p>
      )}
    </Page>
  )
}

function NoneTogether({ search, side }: Pick<Together, 'search'> & { side: 'adjacent' | 'parallel' }) {
  const { t } = useLingui()
  const { phone } = useHouse()
  return (
    <Empty icon="calendar" title={t`You do not all fit in these two weeks`}>
      <p>
        <Link to="/book-together" search={{ ...search, step: 'who' }}>
          {side === 'adjacent' ? (
            <Trans>Be seen at the same time instead</Trans>
          ) : (
            <Trans>Be seen one after the other instead</Trans>
          )}
        </Link>
      </p>
      {phone && (
        <p>
          <a href={phoneLink(phone)}>
            <Trans>Call {sayPhone(phone)}</Trans>
          </a>
        </p>
      )}
    </Empty>
  )
}
