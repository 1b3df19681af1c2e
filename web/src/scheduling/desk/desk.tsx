/** The front desk's day, live: by clinician, everything by keyboard. Signed out, the way in. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { demoSignIn, readSession } from '../../../../server/people/contract.ts'
import { asking, call } from '../../call.ts'
import { useClinic } from '../../people/clinic.ts'
import { HouseContext } from '../../ui/house.ts'
import { Loading } from '../../ui/loading.tsx'
import { OfflineBanner } from '../../ui/offline-banner.tsx'
import { Page } from '../../ui/page.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { Day } from './day.tsx'
import css from './desk.module.css'

export function Screen() {
  const session = useQuery(asking(readSession))
  return (
    <HouseContext value={useClinic()}>
      <OfflineBanner />
      <main id="main" className={css.desk}>
        {session.isPending ? (
          <Loading page />
        ) : session.data && works.has(session.data.role) ? (
          <Day who={session.data.name ?? ''} />
        ) : (
          <SignIn />
        )}
      </main>
    </HouseContext>
  )
}

/** Who has a day to look at; what each may do there is the server's to say. */
const works: ReadonlySet<string> = new Set(['front_desk', 'scheduler', 'nurse', 'clinician'])

/** The way in: one's own account, or the demo clinic's door. */
function SignIn() {
  const { t } = useLingui()
  const queries = useQueryClient()
  const signIn = useMutation({
    mutationFn: () => call(demoSignIn, { body: {} }),
    onSuccess: () => queries.invalidateQueries(),
  })
  return (
    <Page title={t`Front desk`} lead={t`Staff pages of the demo clinic. Nobody in it is real.`}>
      <Refusal error={signIn.error} />
      <Button size="md" loading={signIn.isPending} onClick={() => signIn.mutate()}>
        <Trans>Sign in to the demo</Trans>
      </Button>
      <p>
        <a href="/sign-in?to=/desk">
          <Trans>Sign in with your own account</Trans>
        </a>
      </p>
    </Page>
  )
}
