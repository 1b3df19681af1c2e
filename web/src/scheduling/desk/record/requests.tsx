/** Parents who ask to act for a child: the desk finds the child, looks at the papers, and gives or refuses. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { decideProxyRequest, listProxyRequests } from '../../../../../server/people/proxies/contract.ts'
import type { Reply } from '../../../../../server/platform/endpoint.ts'
import { asking, call } from '../../../call.ts'
import { allScopes, basisWords, type Scope } from '../../../people/family/scope-words.ts'
import { LongTextField } from '../../../ui/field.tsx'
import { ChoiceField } from '../../../ui/fieldset.tsx'
import { Tag } from '../../../ui/lists.tsx'
import { ProblemSummary, useProblems } from '../../../ui/problems.tsx'
import { Refusal } from '../../../ui/refusal.tsx'
import { dateName } from '../../../ui/time.ts'
import { useLanguage } from '../../../ui/use-language.ts'
import css from '../desk.module.css'
import { endOfDay, ScopeField, UntilField } from './scope-field.tsx'

type Request = Reply<typeof listProxyRequests>['requests'][number]

export function ProxyRequests() {
  const { data, error } = useQuery(asking(listProxyRequests))
  return (
    <div className={css.stack}>
      <h2 tabIndex={-1}>
        <Trans>Asked to act for a child</Trans>
      </h2>
      <Refusal error={error} />
      {data?.requests.length === 0 && (
        <p className={css.quiet}>
          <Trans>Nobody asks.</Trans>
        </p>
      )}
      {data?.requests.map((one) => (
        <One key={one.id} request={one} />
      ))}
    </div>
  )
}

function One({ request }: { request: Request }) {
  const { t, i18n } = useLingui()
  const language = useLanguage()
  const queries = useQueryClient()
  const problems = useProblems()
  const open = request.candidates.filter(({ blocked }) => !blocked)
  const [patientId, choose] = useState(open.length === 1 ? (open[0]?.patient.id ?? '') : '')
  const [evidence, type] = useState('')
  const [scopes, allow] = useState<readonly Scope[]>(allScopes)
  const [until, end] = useState('')
  const deciding = useMutation({
    mutationFn: (decision: 'given' | 'refused') =>
      call(decideProxyRequest, {
        path: { id: request.id },
        body:
          decision === 'refused'
            ? { decision }
            : {
                decision,
                patientId,
                evidence: evidence.trim(),
                scopes: [...scopes],
                ...(until && { until: endOfDay(until) }),
              },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [listProxyRequests.url] }),
  })
  const give = () => {
    const found = [
      ...(patientId === '' ? [{ field: `child-${request.id}`, text: t`Choose the child` }] : []),
      ...(scopes.length === 0 ? [{ field: `may-${request.id}`, text: t`Choose what they may do` }] : []),
      ...(evidence.trim() === '' ? [{ field: `paper-${request.id}`, text: t`Say which paper you saw` }] : []),
    ]
    if (problems.report(found)) deciding.mutate('given')
  }
  const { child } = request
  const childName = `${child.givenName} ${child.familyName}`
  const born = dateName(child.bornOn, language)
  return (
    <div className={css.stack}>
      <p>
        <strong>{request.askerName}</strong> {i18n._(basisWords[request.basis])} · {childName}, {born}
      </p>
      <ProblemSummary problems={problems.problems} tries={problems.tries} />
      {request.candidates
        .filter(({ blocked }) => blocked)
        .map(({ patient }) => (
          <p key={patient.id}>
            <Tag tone="warn">
              <Trans>A court keeps this person away from {patient.name}</Trans>
            </Tag>
          </p>
        ))}
      {open.length > 0 ? (
        <ChoiceField
          name={`child-${request.id}`}
          label={t`The child is`}
          options={open.map(({ patient }) => ({
            value: patient.id,
            label: patient.name,
            hint: patient.bornOn && dateName(patient.bornOn, language),
          }))}
          value={patientId}
          onChange={choose}
          error={problems.of(`child-${request.id}`)}
        />
      ) : (
        <p className={css.quiet}>
          <Trans>No patient here fits. Ask for the papers, or refuse.</Trans>
        </p>
      )}
      <LongTextField
        name={`paper-${request.id}`}
        label={t`Which paper did you see?`}
        value={evidence}
        onChange={type}
        error={problems.of(`paper-${request.id}`)}
        maxLength={500}
      />
      <ScopeField
        name={`may-${request.id}`}
        scopes={scopes}
        onChange={allow}
        error={problems.of(`may-${request.id}`)}
      />
      <UntilField name={`until-${request.id}`} value={until} onChange={end} />
      <Refusal error={deciding.error} />
      <Group gap="xs">
        <Button size="sm" loading={deciding.isPending} disabled={open.length === 0} onClick={give}>
          <Trans>Let them act for the child</Trans>
        </Button>
        <Button size="sm" variant="default" onClick={() => deciding.mutate('refused')}>
          <Trans>Refuse</Trans>
        </Button>
      </Group>
    </div>
  )
}
