/** What was merged, why and by whom; undone here, and where the desk says which proxies see both records. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { listMerges, undoMerge, widenProxy, type MergeView } from '../../../../server/people/contract.ts'
import { asking, call } from '../../call.ts'
import { useClinic } from '../clinic.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { TextField } from '../../ui/field.tsx'
import { CheckField } from '../../ui/fieldset.tsx'
import { Row, Stack } from '../../ui/layout.tsx'
import { Loading } from '../../ui/loading.tsx'
import { useProblems } from '../../ui/problems.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { dateName, dayOf } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import css from './same.module.css'

/** `reads` is for who looks on and changes nothing. */
export function Merged({ reads = false }: { reads?: boolean }) {
  const { data, error, isPending, refetch } = useQuery(asking(listMerges))
  return (
    <Card as="section" aria-labelledby="merged">
      <h2 id="merged" className={css.title}>
        <Trans>Merged records</Trans>
      </h2>
      {isPending && <Loading />}
      <Refusal error={error} onAgain={() => void refetch()} />
      {data?.merges.length === 0 && (
        <p className={css.soft}>
          <Trans>No records were merged.</Trans>
        </p>
      )}
      <ul className={css.list}>
        {data?.merges.map((merge) => (
          <li key={merge.id}>
            <One merge={merge} reads={reads} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

function One({ merge, reads }: { merge: MergeView; reads: boolean }) {
  const { t } = useLingui()
  const [isUndoing, start] = useState(false)
  const language = useLanguage()
  const { zone } = useClinic()
  const { survivor, absorbed, reason, undone, proxies } = merge
  const on = (at: string) => dateName(dayOf(at, zone), language)
  const born = (of: MergeView['survivor']) => (of.bornOn ? ` (${dateName(of.bornOn, language)})` : '')
  return (
    <Stack>
      <div>
        <strong>
          {absorbed.name}
          {born(absorbed)} → {survivor.name}
          {born(survivor)}
        </strong>
        <p className={css.soft}>
          {on(merge.mergedAt)} · {merge.mergedBy} · {reason}
        </p>
        {undone && (
          <p className={css.soft}>
            <Trans>
              Undone {on(undone.at)} · {undone.by} · {undone.reason}
            </Trans>
          </p>
        )}
      </div>
      {!undone && !reads && proxies.map((proxy) => <Proxy key={proxy.grantId} merge={merge} proxy={proxy} />)}
      {!undone && !reads && !isUndoing && (
        <Row>
          <Button size="sm" variant="default" aria-label={t`Undo: ${absorbed.name}`} onClick={() => start(true)}>
            <Trans>Undo</Trans>
          </Button>
        </Row>
      )}
      {isUndoing && !undone && <Undo id={merge.id} onBack={() => start(false)} />}
    </Stack>
  )
}

function Proxy({ merge, proxy }: { merge: MergeView; proxy: MergeView['proxies'][number] }) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const { grantId, name, patientId, seesBoth } = proxy
  const of = patientId === merge.survivor.id ? merge.survivor.name : merge.absorbed.name
  const widening = useMutation({
    networkMode: 'always',
    mutationFn: (both: boolean) => call(widenProxy, { path: { id: merge.id, grantId }, body: { seesBoth: both } }),
    onSuccess: () => queries.invalidateQueries(),
  })
  return (
    <div>
      <CheckField
        name={`both-${grantId}`}
        label={t`${name} may act for the record of ${of}: let them see both`}
        checked={seesBoth}
        onChange={(both) => widening.mutate(both)}
      />
      <Refusal error={widening.error} />
    </div>
  )
}

function Undo({ id, onBack }: { id: string; onBack: () => void }) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const problems = useProblems()
  const [reason, type] = useState('')
  const name = `undo-${id}`
  const undoing = useMutation({
    networkMode: 'always',
    mutationFn: () => call(undoMerge, { path: { id }, body: { reason: reason.trim() } }),
    onSuccess: () => queries.invalidateQueries(),
  })
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const missing = reason.trim() === '' ? [{ field: name, text: t`Say why these are two people` }] : []
        if (problems.report(missing)) undoing.mutate()
      }}
    >
      <Stack>
        <TextField
          name={name}
          label={t`Why are these two people?`}
          hint={t`Both records are as they were, but for what was changed on purpose since.`}
          value={reason}
          onChange={type}
          error={problems.of(name)}
          maxLength={500}
        />
        <Refusal error={undoing.error} />
        <Row>
          <BusyButton type="submit" busy={undoing.isPending}>
            <Trans>Undo the merge</Trans>
          </BusyButton>
          <Button type="button" variant="default" onClick={onBack}>
            <Trans>Back</Trans>
          </Button>
        </Row>
      </Stack>
    </form>
  )
}
