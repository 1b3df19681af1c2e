/** Every version of a rule with what changed, by whom, and the visits that were booked before it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { keepException, readRule, type Version } from '../../../../server/scheduling/rules/contract.ts'
import { asking, call } from '../../call.ts'
import { useClinic } from '../../people/clinic.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { ButtonLink } from '../../ui/button-link.tsx'
import { Row } from '../../ui/layout.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { clock, dateName, dayOf } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import { stateNames } from './rule-words.ts'
import css from './rules.module.css'
import { useMay } from './use-may.ts'

interface HistoryProps {
  id: string
  said: (version: Version) => string
  refresh: () => Promise<unknown>
}

export function History({ id, said, refresh }: HistoryProps) {
  const asked = useQuery(asking(readRule, { path: { id } }))
  const keeping = useMutation({
    mutationFn: (appointmentId: string) => call(keepException, { path: { id }, body: { appointmentId } }),
    onSuccess: () => Promise.all([asked.refetch(), refresh()]),
  })
  if (!asked.data)
    return asked.error ? <Refusal error={asked.error} onAgain={() => void asked.refetch()} /> : <Loading />
  const { versions, exceptions } = asked.data
  return (
    <div className={css.history}>
      {exceptions.length > 0 && <Exceptions exceptions={exceptions} keeping={keeping} />}
      <h4>
        <Trans>Versions</Trans>
      </h4>
      <ol reversed start={versions.length} className={css.versions}>
        {versions.map((version, at) => (
          <li key={version.version}>
            <OneVersion
              version={version}
              before={versions.slice(at + 1).find(({ state }) => state === 'approved')}
              said={said}
            />
          </li>
        ))}
      </ol>
    </div>
  )
}

interface OneProps {
  version: Version
  /** The approved one before it. */
  before: Version | undefined
  said: (version: Version) => string
}

function OneVersion({ version, before, said }: OneProps) {
  const { i18n } = useLingui()
  const language = useLanguage()
  const [now, then] = [said(version), before && said(before)]
  const [from, until] = [version.fromDay, version.untilDay].map((day) => day && dateName(day, language))
  return (
    <>
      <p>
        {then !== undefined && then !== now && (
          <>
            <del>{then}</del>{' '}
          </>
        )}
        {then !== undefined && then !== now ? <ins>{now}</ins> : now}
      </p>
      <p className={css.soft}>
        {i18n._(stateNames[version.state])}.{' '}
        {until ? (
          <Trans>
            Visits from {from} until {until}.
          </Trans>
        ) : (
          <Trans>Visits from {from}.</Trans>
        )}{' '}
        {version.restores === null ? (
          <>
            {version.why} (
            {version.decidedBy ? (
              <Trans>
                {version.madeBy}; decided by {version.decidedBy}
              </Trans>
            ) : (
              version.madeBy
            )}
            )
          </>
        ) : (
          <Trans>Put back by {version.madeBy}.</Trans>
        )}
      </p>
    </>
  )
}

interface ExceptionsProps {
  exceptions: { appointmentId: string; startsAt: string; clinician: string; visitType: string; keptBy: string | null }[]
  keeping: { mutate: (id: string) => void; isPending: boolean; error: unknown }
}

function Exceptions({ exceptions, keeping }: ExceptionsProps) {
  const { zone } = useClinic()
  const language = useLanguage()
  const changes = useMay()
  return (
    <>
      <h4>
        <Trans>Visits booked before it</Trans>
      </h4>
      <Refusal error={keeping.error} />
      <ul className={css.versions}>
        {exceptions.map(({ appointmentId, startsAt, clinician, visitType, keptBy }) => (
          <li key={appointmentId}>
            <Row>
              <span>
                {dateName(dayOf(startsAt, zone), language)}, {clock(startsAt, zone, language)}: {visitType}, {clinician}
              </span>
              {keptBy !== null ? (
                <span className={css.soft}>
                  <Trans>Kept by {keptBy}</Trans>
                </span>
              ) : (
                <>
                  {changes && (
                    <BusyButton
                      size="sm"
                      variant="default"
                      busy={keeping.isPending}
                      onClick={() => keeping.mutate(appointmentId)}
                    >
                      <Trans>Keep it</Trans>
                    </BusyButton>
                  )}
                  <ButtonLink size="sm" variant="subtle" to="/desk" search={{ day: dayOf(startsAt, zone) }}>
                    <Trans>Move it at the desk</Trans>
                  </ButtonLink>
                </>
              )}
            </Row>
          </li>
        ))}
      </ul>
    </>
  )
}
