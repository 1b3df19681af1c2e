/** One patient at the desk: who they are, their visits, who may act for them; behind glass for who does not care for them. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { invitePatient } from '../../../../../server/people/contract.ts'
import { openRecord } from '../../../../../server/scheduling/contract.ts'
import type { Reply } from '../../../../../server/platform/endpoint.ts'
import { asking, call, Refused } from '../../../call.ts'
import { useSession } from '../../../people/session.ts'
import { ButtonLink } from '../../../ui/button-link.tsx'
import { sayPhone } from '../../../ui/house.ts'
import { FactList, Tag } from '../../../ui/lists.tsx'
import { Loading } from '../../../ui/loading.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { clock, dateName, dayName, dayOf } from '../../../ui/time.ts'
import { useLanguage } from '../../../ui/use-language.ts'
import css from '../desk.module.css'
import { BreakGlass } from './break-glass.tsx'
import { LinkOnce } from './link-once.tsx'
import { hasSupport } from '../../../people/support/words.ts'
import { ProxiesPart } from './proxies-part.tsx'
import { SupportPart, SupportTags } from './support-part.tsx'

type Opened = Reply<typeof openRecord>

/** Who may book. */
const plans = new Set(['front_desk', 'scheduler', 'clinician'])

export function RecordPanel({ patientId, zone }: { patientId: string; zone: string }) {
  const language = useLanguage()
  const role = useSession()?.role
  const record = useQuery({
    ...asking(openRecord, { path: { id: patientId }, query: { language } }),
    retry: false,
  })
  const isBehindGlass = record.error instanceof Refused && record.error.code === 'break_glass_needed'
  if (isBehindGlass) return <BreakGlass patientId={patientId} onBroken={() => void record.refetch()} />
  if (record.error) return <Refusal error={record.error} onAgain={() => void record.refetch()} />
  if (!record.data) return <Loading cards={2} />
  const { patient, glassUntil, support } = record.data
  return (
    <div className={css.stack}>
      <h2 tabIndex={-1}>{patient.name}</h2>
      {glassUntil && (
        <Notice tone="warn">
          <p>
            <Trans>
              You opened this record without caring for the patient. It is open until{' '}
              {clock(glassUntil, zone, language)}. Every look is marked, and reviewed.
            </Trans>
          </p>
        </Notice>
      )}
      <Facts patient={patient} />
      {role === 'scheduler' || role === 'biller' ? (
        hasSupport(support) && <SupportTags support={support} />
      ) : (
        <SupportPart patientId={patientId} support={support} />
      )}
      <Visits visits={record.data.visits} zone={zone} />
      {role !== undefined && plans.has(role) && (
        <ButtonLink to="/desk/plan" search={{ patientId }} variant="default">
          <Trans>Plan linked visits</Trans>
        </ButtonLink>
      )}
      {role === 'front_desk' && (
        <>
          <ProxiesPart patientId={patientId} />
          <Invitation patient={patient} />
        </>
      )}
    </div>
  )
}

function Facts({ patient }: Pick<Opened, 'patient'>) {
  const { t } = useLingui()
  const language = useLanguage()
  return (
    <FactList
      facts={[
        ...(patient.bornOn ? [{ name: t`Born`, value: dateName(patient.bornOn, language) }] : []),
        ...(patient.phone ? [{ name: t`Phone`, value: sayPhone(patient.phone) }] : []),
        ...(patient.email ? [{ name: t`Email`, value: patient.email }] : []),
      ]}
    />
  )
}

/** The newest; the others fold away, so that what follows stays in sight. */
const mostShown = 5

function Visits({ visits, zone }: Pick<Opened, 'visits'> & { zone: string }) {
  return (
    <section aria-labelledby="record-visits">
      <h3 id="record-visits">
        <Trans>Visits</Trans>
      </h3>
      {visits.length === 0 && (
        <p className={css.quiet}>
          <Trans>No visit yet.</Trans>
        </p>
      )}
      <Lines visits={visits.slice(0, mostShown)} zone={zone} />
      {visits.length > mostShown && (
        <details>
          <summary>
            <Plural value={visits.length - mostShown} one="# earlier visit" other="# earlier visits" />
          </summary>
          <Lines visits={visits.slice(mostShown)} zone={zone} />
        </details>
      )}
    </section>
  )
}

function Lines({ visits, zone }: Pick<Opened, 'visits'> & { zone: string }) {
  const language = useLanguage()
  return (
    <ul className={css.lines}>
      {visits.map(({ id, startsAt, status, offering, clinician }) => (
        <li key={id}>
          {dayName(dayOf(startsAt, zone), language, true)}, {clock(startsAt, zone, language)} ·{' '}
          {offering.visitType.name} · {clinician.name}{' '}
          {status === 'cancelled' && (
            <Tag>
              <Trans>cancelled</Trans>
            </Tag>
          )}
        </li>
      ))}
    </ul>
  )
}

/** To an account of their own: the link is theirs, shown once; a code goes to the contact on record. */
function Invitation({ patient: { id, email, phone } }: Pick<Opened, 'patient'>) {
  const { t } = useLingui()
  const kind = email ? 'email' : 'phone'
  const inviting = useMutation({ mutationFn: () => call(invitePatient, { path: { id }, body: { kind } }) })
  return (
    <section aria-labelledby="record-account" className={css.stack}>
      <h3 id="record-account">
        <Trans>Own account</Trans>
      </h3>
      <Refusal error={inviting.error} />
      {inviting.data ? (
        <LinkOnce url={inviting.data.url} label={t`Link to open an account`}>
          <Trans>Give it to the patient. It works once, and is shown only now.</Trans>
        </LinkOnce>
      ) : email || phone ? (
        <Button variant="default" loading={inviting.isPending} onClick={() => inviting.mutate()}>
          <Trans>Invite the patient to an account</Trans>
        </Button>
      ) : (
        <p className={css.quiet}>
          <Trans>There is no phone or email on record to send a code to.</Trans>
        </p>
      )}
    </section>
  )
}
