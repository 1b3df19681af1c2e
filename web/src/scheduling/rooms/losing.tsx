/** The visits whose room, device or interpreter is closed: each gets another that is free in one step, or is moved. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import { listLosing, replaceResource } from '../../../../server/scheduling/resources/contract.ts'
import { asking, call } from '../../call.ts'
import { Button } from '../../ui/button.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { Card } from '../../ui/card.tsx'
import { phoneLink, sayPhone } from '../../ui/house.ts'
import { Refusal } from '../../ui/refusal.tsx'
import { clock, dayName, dayOf } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import { useMay } from '../rules/use-may.ts'
import css from './rooms.module.css'

export type Visit = Reply<typeof listLosing>['visits'][number]

export function Losing() {
  const language = useLanguage()
  const role = useMay()
  const { data, error, refetch } = useQuery({
    ...asking(listLosing, { query: { language } }),
    refetchInterval: 30_000,
  })
  if (error) return <Refusal error={error} onAgain={() => void refetch()} />
  if (!data || data.visits.length === 0) return null
  return (
    <Card as="section" aria-labelledby="losing">
      <h2 id="losing">
        <Plural
          value={data.visits.length}
          one="# visit has something that is closed"
          other="# visits have something that is closed"
        />
      </h2>
      <ul className={css.visits}>
        {data.visits.map((visit) => (
          <li key={`${visit.appointmentId} ${visit.resource.id}`} className={css.visit}>
            <VisitWords visit={visit} />
            <Deeds visit={visit} changes={role} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** Who, when, with whom, and what of it is closed. */
export function VisitWords({ visit }: { visit: Visit }) {
  const language = useLanguage()
  const { patient, startsAt, zone } = visit
  return (
    <div>
      <strong>{patient.name}</strong>
      {patient.phone && (
        <>
          {' · '}
          <a href={phoneLink(patient.phone)}>{sayPhone(patient.phone)}</a>
        </>
      )}
      <p className={css.plain}>
        {dayName(dayOf(startsAt, zone), language, true)}, {clock(startsAt, zone, language)} · {visit.visitType} ·{' '}
        {visit.clinician}
      </p>
      <p className={css.soft}>
        {visit.instead === null ? (
          <Trans>{visit.resource.name}: no other is free then.</Trans>
        ) : (
          <Trans>
            {visit.resource.name}: {visit.instead} is free then.
          </Trans>
        )}
      </p>
    </div>
  )
}

function Deeds({ visit, changes }: { visit: Visit; changes: boolean }) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const { appointmentId, resource, instead, patient, startsAt, zone } = visit
  const replace = useMutation({
    mutationFn: () => call(replaceResource, { path: { id: resource.id }, body: { appointmentId } }),
    onSettled: () => queries.invalidateQueries(),
  })
  return (
    <div className={css.deeds}>
      {instead !== null && changes && (
        <Button
          size="sm"
          aria-disabled={replace.isPending}
          onClick={() => replace.mutate()}
          aria-label={t`Give it ${instead}: ${patient.name}`}
        >
          <Trans>Give it {instead}</Trans>
        </Button>
      )}
      <ButtonLink size="sm" variant="default" to="/desk" search={{ day: dayOf(startsAt, zone) }}>
        <Trans>Move it on that day’s page</Trans>
      </ButtonLink>
      <Refusal error={replace.error} />
    </div>
  )
}
