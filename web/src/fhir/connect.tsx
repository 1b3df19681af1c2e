/** An app asks for access: what it is, what it wants, for whom; the person lets it in, with all or some, or does not. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, Navigate } from '@tanstack/react-router'
import { useState } from 'react'
import { decideInteraction, readInteraction } from '../../../server/fhir/smart/contract.ts'
import type { Reply } from '../../../server/platform/endpoint.ts'
import { asking, call, Refused } from '../call.ts'
import { BusyButton } from '../ui/busy-button.tsx'
import { CheckField, ChoiceField, Fieldset } from '../ui/fieldset.tsx'
import { Row } from '../ui/layout.tsx'
import { Loading } from '../ui/loading.tsx'
import { Page } from '../ui/page.tsx'
import { Refusal } from '../ui/refusal.tsx'
import { useLanguage } from '../ui/use-language.ts'

const route = getRouteApi('/patient/connect/$uid')

export function Screen() {
  const { t } = useLingui()
  const { uid } = route.useParams()
  const asked = useQuery({ ...asking(readInteraction, { path: { uid } }), retry: false })
  if (asked.error instanceof Refused && asked.error.status === 401)
    return <Navigate to="/sign-in" search={{ to: `/connect/${uid}` }} replace />
  if (asked.error)
    return (
      <Page title={t`This app cannot be connected`}>
        {asked.error instanceof Refused && asked.error.status === 404 ? (
          <p>
            <Trans>Its request is over, or it was made in another browser. Go back to the app and begin again.</Trans>
          </p>
        ) : (
          <Refusal error={asked.error} onAgain={() => void asked.refetch()} />
        )}
      </Page>
    )
  return asked.data ? <Question uid={uid} {...asked.data} /> : <Loading page />
}

function Question({ uid, app, wishes, patients }: { uid: string } & Reply<typeof readInteraction>) {
  const { t } = useLingui()
  const language = useLanguage()
  const [left, leave] = useState<readonly string[]>([])
  const [patientId, choose] = useState(patients.length === 1 ? (patients[0]?.id ?? '') : '')
  const deciding = useMutation({
    mutationFn: (approve: boolean) =>
      call(decideInteraction, {
        path: { uid },
        body: {
          approve,
          ...(approve && { scopes: wishes.map(({ scope }) => scope).filter((scope) => !left.includes(scope)) }),
          ...(approve && patientId !== '' && { patientId }),
        },
      }),
    onSuccess: ({ redirectTo }) => window.location.assign(redirectTo),
  })
  const [only] = patients
  return (
    <Page
      title={t`${app.name} asks for access`}
      lead={<Trans>It will go on at {app.site}. You can end its access at any time.</Trans>}
    >
      {patients.length > 1 ? (
        <ChoiceField
          name="patient"
          label={t`Whose record may it work with?`}
          options={patients.map(({ id, name }) => ({ value: id, label: name }))}
          value={patientId}
          onChange={choose}
        />
      ) : (
        only && (
          <p>
            <Trans>
              It is about <strong>{only.name}</strong>.
            </Trans>
          </p>
        )
      )}
      <Fieldset name="wishes" label={t`It wants to`} hint={t`Take away what it should not do.`}>
        {wishes.map(({ scope, words }) => (
          <CheckField
            key={scope}
            name={scope}
            label={words[language]}
            checked={!left.includes(scope)}
            onChange={(keep) => leave(keep ? left.filter((one) => one !== scope) : [...left, scope])}
          />
        ))}
      </Fieldset>
      <Refusal error={deciding.error} />
      <Row apart>
        <BusyButton
          busy={deciding.isPending || (patients.length > 1 && patientId === '')}
          onClick={() => deciding.mutate(true)}
        >
          <Trans>Let it in</Trans>
        </BusyButton>
        <BusyButton variant="default" busy={deciding.isPending} onClick={() => deciding.mutate(false)}>
          <Trans>Do not</Trans>
        </BusyButton>
      </Row>
    </Page>
  )
}
