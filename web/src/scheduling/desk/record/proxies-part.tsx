/** Who may act for a patient, as the desk sees and changes it: given on evidence, ended, or kept away by a court. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import {
  blockProxyOf,
  endProxyOf,
  listProxiesOf,
  unblockProxyOf,
} from '../../../../../server/people/proxies/contract.ts'
import type { Reply } from '../../../../../server/platform/endpoint.ts'
import { asking, call } from '../../../call.ts'
import { Scopes, Until } from '../../../people/family/may.tsx'
import { basisWords } from '../../../people/family/scope-words.ts'
import { BusyButton } from '../../../ui/busy-button.tsx'
import { Confirm } from '../../../ui/confirm.tsx'
import { LongTextField } from '../../../ui/field.tsx'
import { Tag } from '../../../ui/lists.tsx'
import { useProblems } from '../../../ui/problems.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import css from '../desk.module.css'
import { GiveProxy } from './give-proxy.tsx'

type Proxy = Reply<typeof listProxiesOf>['proxies'][number]

export function ProxiesPart({ patientId }: { patientId: string }) {
  const { t } = useLingui()
  const asked = useQuery(asking(listProxiesOf, { path: { id: patientId } }))
  const [isGiving, give] = useState(false)
  const again = () => void asked.refetch()
  return (
    <section aria-labelledby="record-proxies" className={css.stack}>
      <h3 id="record-proxies">
        <Trans>Who may act for the patient</Trans>
      </h3>
      <Refusal error={asked.error} onAgain={again} />
      {asked.data?.proxies.length === 0 && (
        <p className={css.quiet}>
          <Trans>Nobody.</Trans>
        </p>
      )}
      {asked.data?.proxies.map((one) => (
        <One key={one.id} one={one} patientId={patientId} onDone={again} />
      ))}
      {isGiving ? (
        <GiveProxy patientId={patientId} onGiven={again} />
      ) : (
        <Button variant="default" onClick={() => give(true)}>
          {t`Let somebody act for the patient`}
        </Button>
      )}
    </section>
  )
}

interface OneProps {
  one: Proxy
  patientId: string
  onDone: () => void
}

function One({ one, patientId, onDone }: OneProps) {
  const { t, i18n } = useLingui()
  const [doing, start] = useState<'end' | 'block' | 'unblock'>()
  const path = { id: patientId, grantId: one.id }
  const ending = useMutation({
    mutationFn: () => call(endProxyOf, { path, body: {} }),
    onSuccess: () => {
      start(undefined)
      onDone()
    },
  })
  const states = {
    invited: t`Invited, not accepted yet`,
    standing: t`Stands`,
    ended: t`Ended`,
    blocked: t`Kept away by a court`,
  }
  const isOver = one.state === 'ended' || one.state === 'blocked'
  return (
    <div className={css.stack}>
      <p>
        <strong>{one.name}</strong> {i18n._(basisWords[one.basis])}{' '}
        <Tag tone={one.state === 'standing' ? 'good' : one.state === 'blocked' ? 'warn' : 'plain'}>
          {states[one.state]}
        </Tag>
        <br />
        {!isOver && (
          <>
            <Scopes scopes={one.scopes} /> <Until at={one.endsAt} />
          </>
        )}
        {one.evidence && <span className={css.quiet}> {one.evidence}</span>}
        {one.blockedWhy && <span className={css.quiet}> {one.blockedWhy}</span>}
      </p>
      <Group gap="xs">
        {!isOver && (
          <Button size="sm" variant="default" onClick={() => start('end')}>
            <Trans>End it</Trans>
          </Button>
        )}
        {one.canBeBlocked && one.state !== 'blocked' && (
          <Button size="sm" variant="default" onClick={() => start('block')}>
            <Trans>A court keeps them away</Trans>
          </Button>
        )}
        {one.state === 'blocked' && (
          <Button size="sm" variant="default" onClick={() => start('unblock')}>
            <Trans>The court’s order is over</Trans>
          </Button>
        )}
      </Group>
      {(doing === 'block' || doing === 'unblock') && (
        <Why path={path} doing={doing} onDone={() => (start(undefined), onDone())} />
      )}
      <Confirm
        open={doing === 'end'}
        danger
        title={t`End what ${one.name} may do?`}
        yes={t`End it now`}
        no={t`Keep it`}
        busy={ending.isPending}
        onYes={() => ending.mutate()}
        onNo={() => start(undefined)}
      >
        <Refusal error={ending.error} />
        <p>
          <Trans>It is over with their next click. The patient is told nothing by this.</Trans>
        </p>
      </Confirm>
    </div>
  )
}

interface WhyProps {
  path: { id: string; grantId: string }
  doing: 'block' | 'unblock'
  onDone: () => void
}

/** A court’s order, or its end: what paper was seen. */
function Why({ path, doing, onDone }: WhyProps) {
  const { t } = useLingui()
  const [why, type] = useState('')
  const problems = useProblems()
  const [isSure, ask] = useState(false)
  const saving = useMutation({
    mutationFn: () => call(doing === 'block' ? blockProxyOf : unblockProxyOf, { path, body: { why: why.trim() } }),
    onSuccess: onDone,
    onError: () => ask(false),
  })
  const field = `why-${path.grantId}`
  const check = () => {
    if (problems.report(why.trim() === '' ? [{ field, text: t`Say which paper you saw` }] : [])) ask(true)
  }
  return (
    <div className={css.stack}>
      <LongTextField
        name={field}
        label={t`Which paper did you see?`}
        value={why}
        onChange={type}
        error={problems.of(field)}
        maxLength={500}
      />
      <Refusal error={saving.error} />
      <BusyButton variant={doing === 'block' ? 'danger' : 'default'} busy={saving.isPending} onClick={check}>
        {doing === 'block' ? <Trans>Keep them away from now on</Trans> : <Trans>Lift it</Trans>}
      </BusyButton>
      <Confirm
        open={isSure}
        danger={doing === 'block'}
        title={doing === 'block' ? t`Keep them away?` : t`Lift the court’s order here?`}
        yes={doing === 'block' ? t`Keep them away` : t`Lift it`}
        no={t`Leave it as it is`}
        busy={saving.isPending}
        onYes={() => saving.mutate()}
        onNo={() => ask(false)}
      >
        <p>
          {doing === 'block' ? (
            <Trans>Everything they may do for this patient ends now, and nobody can give it to them again.</Trans>
          ) : (
            <Trans>What was ended stays ended until somebody gives it anew.</Trans>
          )}
        </p>
      </Confirm>
    </div>
  )
}
