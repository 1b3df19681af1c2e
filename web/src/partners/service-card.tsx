/** One service: who carries it, what was signed, what goes through the gate now, and what can be done about it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { endVendor } from '../../../server/partners/contract.ts'
import { call } from '../call.ts'
import css from '../people/staff/staff.module.css'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Confirm } from '../ui/confirm.tsx'
import { Row } from '../ui/layout.tsx'
import { FactList, Tag } from '../ui/lists.tsx'
import { Refusal } from '../ui/refusal.tsx'
import { dateName } from '../ui/time.ts'
import { useLanguage } from '../ui/use-language.ts'
import { OwnForm } from './own-form.tsx'
import { SignForm } from './sign-form.tsx'
import { carriedWords, classWords, serviceWords, standingWords, type Agreement, type Service } from './vendor-words.ts'

interface ServiceCardProps {
  service: Service
  manages: boolean
  refresh: () => Promise<unknown>
}

export function ServiceCard({ service, manages, refresh }: ServiceCardProps) {
  const { t, i18n } = useLingui()
  const { vendor, gate } = service
  const title = i18n._(serviceWords[service.service])
  const signed = vendor?.agreements.filter(({ standing }) => standing !== 'ended') ?? []
  const facts = [
    { name: t`Who carries it`, value: vendor?.name ?? t`Nobody` },
    ...(signed.length === 0
      ? []
      : [{ name: t`What was signed`, value: signed.map((paper) => <Paper key={paper.id} {...paper} />) }]),
    ...gate.map(({ dataClass, carry }) => ({
      name: i18n._(classWords[dataClass]),
      value: i18n._(carriedWords[carry]),
    })),
  ]
  return (
    <Card as="li" aria-labelledby={`service-${service.service}`}>
      <div className={css.head}>
        <h2 id={`service-${service.service}`} className={css.title}>
          {title}
        </h2>
        <State {...service} />
      </div>
      <FactList facts={facts} />
      {manages && <Deeds service={service} title={title} refresh={refresh} />}
    </Card>
  )
}

function Paper({ dataClasses, firstDay, lastDay, signedBy, evidence, standing }: Agreement) {
  const { i18n } = useLingui()
  const language = useLanguage()
  const [from, until] = [dateName(firstDay, language), dateName(lastDay, language)]
  const classes = dataClasses.map((one) => i18n._(classWords[one])).join('; ')
  return (
    <div>
      {i18n._(standingWords[standing])}: {from} – {until}
      <span className={css.hint}>{classes}</span>
      <span className={css.hint}>
        <Trans>
          Signed by {signedBy}. The paper: {evidence}
        </Trans>
      </span>
    </div>
  )
}

/** An agreement's days are days of the agreement, not of a clock. */
function State({ vendor, endsSoon }: Service) {
  const language = useLanguage()
  if (vendor === null)
    return (
      <Tag>
        <Trans>Nobody carries it</Trans>
      </Tag>
    )
  if (vendor.kind === 'own')
    return (
      <Tag tone="good">
        <Trans>Your own system</Trans>
      </Tag>
    )
  const last = vendor.agreements
    .filter(({ standing }) => standing === 'in_force' || standing === 'ends_soon')
    .map(({ lastDay }) => lastDay)
    .sort()
    .at(-1)
  if (last === undefined)
    return (
      <Tag tone="warn">
        <Trans>No agreement in force</Trans>
      </Tag>
    )
  const day = dateName(last, language)
  return endsSoon ? (
    <Tag tone="warn">
      <Trans>Ends on {day}: renew it</Trans>
    </Tag>
  ) : (
    <Tag tone="good">
      <Trans>Signed until {day}</Trans>
    </Tag>
  )
}

function Deeds({ service, title, refresh }: { service: Service; title: string; refresh: () => Promise<unknown> }) {
  const { t } = useLingui()
  const [open, unfold] = useState<'sign' | 'own'>()
  const { vendor } = service
  const done = async () => {
    await refresh()
    unfold(undefined)
  }
  const left = () => unfold(undefined)
  if (open === 'sign') return <SignForm service={service} onSigned={done} onLeft={left} />
  if (open === 'own') return <OwnForm service={service.service} onSaid={done} onLeft={left} />
  return (
    <Row apart>
      {vendor?.kind !== 'own' && (
        <Button
          variant="default"
          size="sm"
          onClick={() => unfold('sign')}
          aria-label={t`Enter a signed agreement: ${title}`}
        >
          <Trans>Enter a signed agreement</Trans>
        </Button>
      )}
      {vendor === null && (
        <Button variant="subtle" size="sm" onClick={() => unfold('own')} aria-label={t`It is our own system: ${title}`}>
          <Trans>It is our own system</Trans>
        </Button>
      )}
      {vendor && <End vendor={vendor} refresh={refresh} />}
    </Row>
  )
}

function End({ vendor, refresh }: { vendor: NonNullable<Service['vendor']>; refresh: () => Promise<unknown> }) {
  const { t } = useLingui()
  const [asks, ask] = useState(false)
  const { id, name } = vendor
  const ending = useMutation({
    mutationFn: () => call(endVendor, { path: { id } }),
    onSuccess: refresh,
    onSettled: () => ask(false),
  })
  return (
    <>
      <Button variant="danger" size="sm" onClick={() => ask(true)} aria-label={t`End ${name}`}>
        <Trans>End it</Trans>
      </Button>
      <Refusal error={ending.error} />
      <Confirm
        open={asks}
        danger
        title={t`End ${name}?`}
        yes={t`End it now`}
        no={t`Keep it`}
        busy={ending.isPending}
        onYes={() => ending.mutate()}
        onNo={() => ask(false)}
      >
        <p>
          <Trans>
            From the next message on it is told nothing of a patient. Its agreements end with it. To use it again, enter
            a new agreement.
          </Trans>
        </p>
      </Confirm>
    </>
  )
}
