/** One clinician: who they are, where, what can be booked, and when there is time. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { readNetworks } from '../../../../server/coverage/contract.ts'
import { readClinician } from '../../../../server/directory/contract.ts'
import { listOfferings } from '../../../../server/scheduling/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { asking } from '../../call.ts'
import { spokenNow } from '../../lang/languages.ts'
import type { Given } from '../../screen.ts'
import { Card } from '../../ui/card.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Initials } from '../../ui/initials.tsx'
import { Stack } from '../../ui/layout.tsx'
import { FactList } from '../../ui/lists.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { StructuredData } from '../../ui/structured-data.tsx'
import { useLanguage } from '../../ui/use-language.ts'
import { NetworkLine } from './network-fact.tsx'
import { physicianOf } from './physician.ts'
import { PlaceCard } from './place-card.tsx'
import { genderWords, languageName, listOf } from './said.ts'
import type { ClinicianSearch } from './search.ts'
import { WhatAndWhen } from './what-and-when.tsx'
import css from './clinician.module.css'

type Profile = Reply<typeof readClinician>
type Params = { id: string }

export const loader = ({ queries, params: path }: Given<ClinicianSearch, Params>) =>
  Promise.all([
    queries.ensureQueryData(asking(readClinician, { path, query: { language: spokenNow() } })),
    queries.prefetchQuery(asking(listOfferings, { path, query: { language: spokenNow() } })),
  ])

const route = getRouteApi('/patient/clinicians/$id')

export function Screen() {
  const { offering, ...search } = route.useSearch()
  const path = route.useParams() as Params
  const language = useLanguage()
  const navigate = useNavigate()
  const { data: profile } = useSuspenseQuery(asking(readClinician, { path, query: { language } }))
  const offerings = useQuery(asking(listOfferings, { path, query: { language } })).data?.offerings
  const { clinician } = profile
  return (
    <Page
      title={clinician.name}
      lead={<Lead profile={profile} />}
      width="wide"
      above={
        <Link to="/find" search={search} className={css.back}>
          <Icon name="back" size={20} />
          <Trans>Other clinicians</Trans>
        </Link>
      }
    >
      <StructuredData about={physicianOf(profile, `${location.origin}/clinicians/${path.id}`)} />
      <div className={css.columns}>
        <Card as="section" id="times" aria-labelledby="book-with" className={css.when}>
          <h2 id="book-with" className={css.title}>
            <Trans>Choose a time</Trans>
          </h2>
          {offerings ? (
            <WhatAndWhen
              offerings={offerings}
              places={profile.places.map(({ place }) => place)}
              search={search}
              chosen={offering}
              onChange={(fields) =>
                void navigate({
                  to: '/clinicians/$id',
                  params: path,
                  search: { ...search, ...(offering && { offering }), ...fields },
                  replace: true,
                  resetScroll: false,
                })
              }
            />
          ) : (
            <Loading cards={2} />
          )}
        </Card>
        <Stack>
          <About profile={profile} />
          {profile.places.map((at) => (
            <PlaceCard key={at.roleId} at={at} />
          ))}
          <Networks id={path.id} />
        </Stack>
      </div>
    </Page>
  )
}

function Lead({ profile: { clinician, places } }: { profile: Profile }) {
  const names = new Set(places.flatMap(({ specialties }) => specialties.map(({ name }) => name)))
  return (
    <span className={css.lead}>
      <Initials id={clinician.id} initials={clinician.initials} size={48} />
      <span>{listOf([...names], useLanguage())}</span>
    </span>
  )
}

function About({ profile: { clinician, statement, npi } }: { profile: Profile }) {
  const { t, i18n } = useLingui()
  const language = useLanguage()
  const gender = clinician.gender && genderWords[clinician.gender as keyof typeof genderWords]
  return (
    <Card as="section" aria-labelledby="about">
      <h2 id="about" className={css.title}>
        <Trans>About</Trans>
      </h2>
      {statement && <p>{statement}</p>}
      <FactList
        facts={[
          ...(clinician.languages.length
            ? [
                {
                  name: t`Speaks`,
                  value: listOf(
                    clinician.languages.map((code) => languageName(code, language)),
                    language,
                  ),
                },
              ]
            : []),
          ...(gender ? [{ name: t`Gender`, value: i18n._(gender) }] : []),
          ...(clinician.credentials ? [{ name: t`Degrees`, value: clinician.credentials }] : []),
          { name: t`National provider number (NPI)`, value: <Npi npi={npi} /> },
        ]}
      />
    </Card>
  )
}

function Npi({ npi }: { npi: Profile['npi'] }) {
  if (!npi) return <Trans>Not given</Trans>
  if (!npi.valid) return <Trans>{npi.number}, not verified</Trans>
  return (
    <a href={`https://npiregistry.cms.hhs.gov/provider-view/${npi.number}`} target="_blank" rel="noopener noreferrer">
      {npi.number}
    </a>
  )
}

function Networks({ id }: { id: string }) {
  const { data } = useQuery(asking(readNetworks, { path: { id } }))
  return (
    <Card as="section" aria-labelledby="networks">
      <h2 id="networks" className={css.title}>
        <Trans>Insurance networks</Trans>
      </h2>
      {!data ? (
        <Loading cards={1} />
      ) : data.networks.length ? (
        <ul className={css.networks}>
          {data.networks.map((fact) => (
            <li key={fact.networkId + fact.source}>
              <NetworkLine fact={fact} />
            </li>
          ))}
        </ul>
      ) : (
        <p className={css.quiet}>
          <Trans>Nobody has told us yet. Call us or your plan to check.</Trans>
        </p>
      )}
    </Card>
  )
}
