/** A patient's first page: find care, the record and who opened it, and what else is theirs. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { listMyAmendments } from '../../../../server/privacy/contract.ts'
import { asking } from '../../call.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { Card } from '../../ui/card.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { actedFor, useActing } from '../family/acting.ts'
import { useSession } from '../session.ts'
import { Download } from './download.tsx'
import { Join } from './join.tsx'
import { hasNoRecord, isSignedOut, ToSignIn } from './own-page.tsx'
import { Visits } from './visits.tsx'
import { Ways } from './ways.tsx'
import css from './me.module.css'

export function Screen() {
  const { t } = useLingui()
  const session = useSession()
  const acting = useActing()
  const isOwn = !acting?.now
  const asked = useQuery({ ...asking(listMyAmendments), enabled: isOwn })
  const { data, error } = asked
  if (isSignedOut(error)) return <ToSignIn />
  if (acting?.now)
    return (
      <TheirPage name={actedFor(acting)?.name ?? ''} mayBook={actedFor(acting)?.scopes.includes('book') ?? false} />
    )
  if (hasNoRecord(error)) return <Join onJoined={() => asked.refetch()} />
  if (!session || (!data && !error)) return <Loading page />
  const { name } = session
  return (
    <Page
      width="wide"
      title={name ? t`Welcome, ${name}` : t`Welcome`}
      lead={t`Everything here is yours: to see, to take with you and to put right.`}
    >
      <Refusal error={error} onAgain={() => void asked.refetch()} />
      {data && (
        <div className={css.parts}>
          <Care />
          <Visits />
          <Download />
          <Ways amendments={data.amendments} />
        </div>
      )}
    </Page>
  )
}

function Care() {
  return (
    <Card as="section" aria-labelledby="care">
      <h2 id="care">
        <Trans>Do you need care?</Trans>
      </h2>
      <p>
        <Trans>See who has time for you, and book.</Trans>
      </p>
      <ButtonLink to="/">
        <Trans>Find care</Trans>
      </ButtonLink>
    </Card>
  )
}

/** The first page of whoever acts for another: that person's visits, and no more than was given. */
function TheirPage({ name, mayBook }: { name: string; mayBook: boolean }) {
  const { t } = useLingui()
  return (
    <Page width="wide" title={t`For ${name}`} lead={t`What you do here is done for ${name}, and they can see it.`}>
      <div className={css.parts}>
        {mayBook ? (
          <>
            <Care />
            <Visits of={name} />
          </>
        ) : (
          <p>
            <Trans>You may not book for {name}. Ask them to allow it, or call us.</Trans>
          </p>
        )}
      </div>
    </Page>
  )
}
