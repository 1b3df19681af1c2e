/** Which visit, and with whom: one step of a plan. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { listWhoOffers } from '../../../../../server/scheduling/linked/contract.ts'
import { listVisitTypes } from '../../../../../server/scheduling/referrals/contract.ts'
import type { Language, Reply } from '../../../../../server/platform/endpoint.ts'
import { asking, call } from '../../../call.ts'
import { SelectField } from '../../../ui/field.tsx'
import { CheckField, Fieldset } from '../../../ui/fieldset.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { useLanguage } from '../../../ui/use-language.ts'

export type Offered = Reply<typeof listWhoOffers>['offered'][number]
/** By the offering's id: what a plan is shown with. */
export type Known = ReadonlyMap<string, Offered>

export interface Which {
  code: string
  /** The offerings that were ticked; none: any of them. */
  ids: readonly string[]
}

export const noVisitYet: Which = { code: '', ids: [] }

/** With whom each step may be, and all that is known of them. */
export async function whoOffers(steps: readonly Which[], language: Language) {
  const replies = await Promise.all(
    steps.map(({ code }) => call(listWhoOffers, { path: { code }, query: { language } })),
  )
  const all = replies.map(({ offered }) => offered)
  return {
    known: new Map(all.flat().map((one) => [one.offering.id, one])) as Known,
    offeringIds: steps.map(({ ids }, at) =>
      (ids.length > 0 ? [...ids] : (all[at] ?? []).map(({ offering }) => offering.id)).slice(0, 20),
    ),
  }
}

interface WhichVisitProps {
  name: string
  which: Which
  error?: string | undefined
  onChange: (which: Which) => void
}

export function WhichVisit({ name, which, error, onChange }: WhichVisitProps) {
  const { t } = useLingui()
  const language = useLanguage()
  const types = useQuery(asking(listVisitTypes, { query: { language } }))
  const offered = useQuery({
    ...asking(listWhoOffers, { path: { code: which.code }, query: { language } }),
    enabled: which.code !== '',
  })
  const all = which.code === '' ? [] : (offered.data?.offered ?? [])
  return (
    <>
      <SelectField
        name={name}
        label={t`Visit`}
        error={error}
        value={which.code}
        onChange={(code) => onChange({ code, ids: [] })}
        options={[
          { value: '', label: t`Choose a visit` },
          ...(types.data?.visitTypes ?? []).map(({ code, name: label }) => ({ value: code, label })),
        ]}
      />
      <Refusal error={types.error ?? offered.error} />
      {all.length > 0 && (
        <Fieldset name={`${name}-who`} label={t`With`} hint={<Trans>Nobody ticked: any of them.</Trans>}>
          {all.map(({ offering, clinician, place }) => (
            <CheckField
              key={offering.id}
              name={`${name}-${offering.id}`}
              label={t`${clinician.name}, ${place.name}, ${offering.minutes} min`}
              checked={which.ids.includes(offering.id)}
              onChange={(isTicked) =>
                onChange({
                  code: which.code,
                  ids: isTicked ? [...which.ids, offering.id] : which.ids.filter((id) => id !== offering.id),
                })
              }
            />
          ))}
        </Fieldset>
      )}
    </>
  )
}
