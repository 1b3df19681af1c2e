/** Plans visits that belong together for one patient: a series, or a chain such as pre-op, operation and post-op. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { openRecord } from '../../../../../server/scheduling/contract.ts'
import { asking } from '../../../call.ts'
import { isSignedOut, ToSignIn } from '../../../people/me/own-page.tsx'
import { ButtonLink } from '../../../ui/button-link.tsx'
import { ChoiceField } from '../../../ui/fieldset.tsx'
import { Loading } from '../../../ui/loading.tsx'
import { Page } from '../../../ui/page.tsx'
import { useLanguage } from '../../../ui/use-language.ts'
import { RefusalOrGlass } from '../record/refusal-or-glass.tsx'
import { ChainForm } from './chain-form.tsx'
import { SeriesForm } from './series-form.tsx'

const route = getRouteApi('/work/desk/plan')

export function Screen() {
  const { t } = useLingui()
  const { patientId = '' } = route.useSearch()
  const language = useLanguage()
  const [kind, choose] = useState<'chain' | 'series'>('chain')
  const record = useQuery({
    ...asking(openRecord, { path: { id: patientId }, query: { language } }),
    retry: false,
    refetchOnWindowFocus: false,
  })
  if (isSignedOut(record.error)) return <ToSignIn />
  if (record.isPending) return <Loading page />
  const patient = record.data?.patient
  const name = patient?.name ?? ''
  return (
    <Page
      title={patient ? t`Plan visits for ${name}` : t`Plan visits`}
      lead={t`Nothing is booked until you have seen the plan.`}
      width="wide"
      above={
        <nav aria-label={t`Way back`}>
          <ButtonLink to="/desk" variant="subtle">
            <Trans>Back to the day</Trans>
          </ButtonLink>
        </nav>
      }
    >
      <RefusalOrGlass error={record.error} patientId={patientId} onOpened={() => void record.refetch()} />
      {patient && (
        <>
          <ChoiceField
            name="plan-kind"
            label={t`Which visits?`}
            value={kind}
            onChange={choose}
            inline
            options={[
              { value: 'chain', label: t`A chain`, hint: t`Different visits, so long apart` },
              { value: 'series', label: t`A series`, hint: t`The same visit again and again` },
            ]}
          />
          {kind === 'chain' ? <ChainForm patient={patient} /> : <SeriesForm patient={patient} />}
        </>
      )}
    </Page>
  )
}
