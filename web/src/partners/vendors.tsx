/** Which outside service has signed for what and until when, and what it is told of a patient because of that. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { listVendors } from '../../../server/partners/contract.ts'
import { asking } from '../call.ts'
import { StaffPage, useManages } from '../people/staff/staff-page.tsx'
import css from '../people/staff/staff.module.css'
import { useClinic } from '../people/clinic.ts'
import { dateName, dayOf } from '../ui/time.ts'
import { useLanguage } from '../ui/use-language.ts'
import { ServiceCard } from './service-card.tsx'
import { serviceWords, type Vendor } from './vendor-words.ts'

export function Screen() {
  const { t } = useLingui()
  const manages = useManages()
  const asked = useQuery(asking(listVendors))
  return (
    <StaffPage
      title={t`Outside services`}
      lead={t`Each needs a signed agreement before it is told anything of a patient. Without one it carries only “sign in to read it”, or nothing.`}
      asked={asked}
    >
      {({ services, past }) => (
        <>
          <ul className={css.list}>
            {services.map((service) => (
              <ServiceCard key={service.service} service={service} manages={manages} refresh={() => asked.refetch()} />
            ))}
          </ul>
          {past.length > 0 && <Past vendors={past} />}
        </>
      )}
    </StaffPage>
  )
}

function Past({ vendors }: { vendors: readonly Vendor[] }) {
  const { i18n } = useLingui()
  const language = useLanguage()
  const { zone } = useClinic()
  const day = (instant: string) => dateName(dayOf(instant, zone), language)
  return (
    <details className={css.folded}>
      <summary>
        <Trans>Services of the past ({vendors.length})</Trans>
      </summary>
      <ul className={css.roles}>
        {vendors.map(({ id, name, service, enteredAt, endedAt }) => (
          <li key={id}>
            <strong>{name}</strong>{' '}
            <span className={css.soft}>
              {i18n._(serviceWords[service])}, {day(enteredAt)} – {endedAt && day(endedAt)}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}
