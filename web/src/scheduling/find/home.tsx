/** Find care: say what it is about, where and with which plan, or begin with a common reason. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { listCommonReasons } from '../../../../server/directory/contract.ts'
import { asking } from '../../call.ts'
import { spokenNow } from '../../lang/languages.ts'
import type { Given } from '../../screen.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { TextField } from '../../ui/field.tsx'
import { phoneLink, sayPhone, useHouse } from '../../ui/house.ts'
import { Icon } from '../../ui/icon.tsx'
import { FrontPage } from '../../ui/page.tsx'
import { StructuredData } from '../../ui/structured-data.tsx'
import { useLanguage } from '../../ui/use-language.ts'
import { PlanField } from './plans.tsx'
import { ReasonField } from './reason-field.tsx'
import { withFields, type CareSearch } from './search.ts'
import css from './home.module.css'

export const loader = ({ queries }: Given<CareSearch>) =>
  queries.prefetchQuery(asking(listCommonReasons, { query: { language: spokenNow() } }))

const route = getRouteApi('/patient/')

export function Screen() {
  const { t } = useLingui()
  const { name, phone } = useHouse()
  const asked = route.useSearch()
  const [search, set] = useState(asked)
  const put = (fields: CareSearch) => set((was) => withFields(was, fields))
  return (
    <FrontPage
      title={t`Find care and book a visit`}
      lead={t`See real open times and book one in about two minutes. No account, no password.`}
      top={<SearchCard search={search} put={put} />}
    >
      <StructuredData about={{ '@type': 'MedicalClinic', name, telephone: phone, url: location.origin }} />
      <CommonReasons search={search} />
      <Promises />
    </FrontPage>
  )
}

function SearchCard({ search, put }: { search: CareSearch; put: (fields: CareSearch) => void }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const find = (event: FormEvent) => {
    event.preventDefault()
    void navigate({ to: '/find', search: withFields(search, { q: search.q?.trim(), near: search.near?.trim() }) })
  }
  return (
    <search>
      <Card as="form" className={css.form} onSubmit={find} aria-label={t`Find care`}>
        <div className={css.what}>
          <ReasonField value={search.q ?? ''} onChange={(q) => put({ q })} />
        </div>
        <TextField
          name="near"
          label={t`Near`}
          hint={t`ZIP code or city`}
          optional
          icon="place"
          value={search.near ?? ''}
          onChange={(near) => put({ near })}
          maxLength={100}
          autoComplete="postal-code"
        />
        <PlanField
          name="planId"
          value={search.planId ?? ''}
          onChange={(planId) => put({ planId })}
          hint={t`Care without insurance is fine too`}
          optional
        />
        <Button type="submit" className={css.go}>
          <Trans>Show open times</Trans>
        </Button>
      </Card>
    </search>
  )
}

/** What people come for most: one tap instead of typing. */
function CommonReasons({ search }: { search: CareSearch }) {
  const language = useLanguage()
  const { data } = useQuery(asking(listCommonReasons, { query: { language } }))
  if (!data?.reasons.length) return null
  return (
    <section aria-labelledby="common">
      <h2 id="common" className={css.heading}>
        <Trans>What people often come for</Trans>
      </h2>
      <ul className={css.reasons}>
        {data.reasons.map(({ text, query }) => (
          <li key={query}>
            <Link to="/find" search={withFields(search, { q: query })} className={css.reason}>
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Promises() {
  const { phone } = useHouse()
  return (
    <ul className={css.promises}>
      <li>
        <Icon name="clock" size={26} />
        <span>
          <Trans>Every time you see can be booked now. We keep it for you while you fill in the form.</Trans>
        </span>
      </li>
      <li>
        <Icon name="card" size={26} />
        <span>
          <Trans>Nobody can pay to be shown first: the soonest or the nearest comes first.</Trans>
        </span>
      </li>
      <li>
        <Icon name="phone" size={26} />
        <span>
          <Trans>Already have a visit? Change or cancel it with the link in your message</Trans>
          {phone && (
            <>
              {', '}
              <Trans>
                or call <a href={phoneLink(phone)}>{sayPhone(phone)}</a>
              </Trans>
            </>
          )}
          .
        </span>
      </li>
    </ul>
  )
}
