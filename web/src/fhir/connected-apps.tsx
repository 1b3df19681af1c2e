/** The apps that somebody let in, what each may do, and the button that ends it at once. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { disconnectApp, listConnectedApps } from '../../../server/fhir/smart/contract.ts'
import { asking, call, Refused } from '../call.ts'
import { BusyButton } from '../ui/busy-button.tsx'
import { Card } from '../ui/card.tsx'
import { Stack } from '../ui/layout.tsx'
import { Loading } from '../ui/loading.tsx'
import { Page } from '../ui/page.tsx'
import { Refusal } from '../ui/refusal.tsx'
import { useLanguage } from '../ui/use-language.ts'

export function Screen() {
  const { t, i18n } = useLingui()
  const language = useLanguage()
  const connected = useQuery({ ...asking(listConnectedApps), retry: false })
  const ending = useMutation({
    mutationFn: (id: string) => call(disconnectApp, { path: { id }, body: {} }),
    onSuccess: () => void connected.refetch(),
  })
  if (connected.error instanceof Refused && connected.error.status === 401)
    return <Navigate to="/sign-in" search={{ to: '/connect' }} replace />
  if (!connected.data && !connected.error) return <Loading page />
  const apps = connected.data?.apps ?? []
  return (
    <Page title={t`Connected apps`} lead={t`Apps that you let in. End one and it has no access from that moment on.`}>
      <Refusal error={connected.error ?? ending.error} />
      {connected.data && apps.length === 0 && (
        <p>
          <Trans>No app is connected.</Trans>
        </p>
      )}
      <Stack>
        {apps.map(({ id, name, since, may }) => (
          <Card key={id} as="section" aria-label={name}>
            <h2>{name}</h2>
            <p>
              <Trans>Connected since {i18n.date(new Date(since), { dateStyle: 'long' })}</Trans>
            </p>
            <ul>
              {may.map(({ scope, words }) => (
                <li key={scope}>{words[language]}</li>
              ))}
            </ul>
            <BusyButton size="sm" variant="danger" busy={ending.isPending} onClick={() => ending.mutate(id)}>
              <Trans>End its access</Trans>
            </BusyButton>
          </Card>
        ))}
      </Stack>
    </Page>
  )
}
