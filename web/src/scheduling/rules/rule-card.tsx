/** One rule: what holds, what waits, and what may be done with it. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { decideRule, proposeRule, returnRule } from '../../../../server/scheduling/rules/contract.ts'
import { call } from '../../call.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { LongTextField } from '../../ui/field.tsx'
import { Row } from '../../ui/layout.tsx'
import { Tag } from '../../ui/lists.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { dateName } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import { History } from './history.tsx'
import { RuleForm } from './rule-form.tsx'
import { kindNames, stateNames, useSaid, useScopeName, type Line, type Rules } from './rule-words.ts'
import css from './rules.module.css'
import { useMay } from './use-may.ts'

export function RuleCard({ line, rules, refresh }: { line: Line; rules: Rules; refresh: () => Promise<unknown> }) {
  const { i18n } = useLingui()
  const [shown, show] = useState<'form' | 'history'>()
  const [said, scopeName] = [useSaid(rules), useScopeName(rules)]
  const waits = line.newest.state === 'draft' || line.newest.state === 'proposed' || line.newest.state === 'returned'
  const changes = useMay()
  const done = async () => {
    await refresh()
    show(undefined)
  }
  return (
    <Card as="li" className={css.rule}>
      <div className={css.head}>
        <h3>
          {i18n._(kindNames[line.kind])}: {scopeName(line.scope)}
        </h3>
        {line.now ? (
          <Tag tone="good">
            <Trans>Holds now</Trans>
          </Tag>
        ) : (
          <Tag>
            <Trans>Does not hold now</Trans>
          </Tag>
        )}
      </div>
      {line.now && <p className={css.says}>{said(line.now)}</p>}
      {waits && <Waiting line={line} said={said(line.newest)} done={done} />}
      {!waits && !line.now && <Coming line={line} said={said(line.newest)} />}
      {line.open > 0 && (
        <p>
          <Plural value={line.open} one="One visit stands against it." other="# visits stand against it." />
        </p>
      )}
      <Row>
        {changes && shown !== 'form' && (
          <Button size="sm" variant="default" onClick={() => show('form')}>
            <Trans>Change</Trans>
          </Button>
        )}
        <Button
          size="sm"
          variant="subtle"
          aria-expanded={shown === 'history'}
          onClick={() => show(shown === 'history' ? undefined : 'history')}
        >
          <Trans>History and visits</Trans>
        </Button>
        {changes && line.newest.state === 'approved' && <PutBack line={line} done={done} />}
      </Row>
      {shown === 'form' && (
        <RuleForm rules={rules} of={line} onKept={() => void done()} onLeft={() => show(undefined)} />
      )}
      {shown === 'history' && <History id={line.id} said={said} refresh={refresh} />}
    </Card>
  )
}

/** A version that nobody has approved: whoever wrote it proposes it, another decides. */
function Waiting({ line, said, done }: { line: Line; said: string; done: () => Promise<void> }) {
  const { t, i18n } = useLingui()
  const language = useLanguage()
  const changes = useMay()
  const [words, say] = useState('')
  const { newest } = line
  const body = { version: line.version }
  const proposing = useMutation({
    mutationFn: () => call(proposeRule, { path: { id: line.id }, body }),
    onSuccess: done,
  })
  const deciding = useMutation({
    mutationFn: (approve: boolean) =>
      call(decideRule, {
        path: { id: line.id },
        body: { ...body, approve, ...(words.trim() && { words: words.trim() }) },
      }),
    onSuccess: done,
  })
  const from = dateName(newest.fromDay, language)
  return (
    <div className={css.waiting}>
      <p>
        <Tag tone="warn">{i18n._(stateNames[newest.state])}</Tag> {said}
      </p>
      <p className={css.soft}>
        <Trans>
          For visits from {from}. {newest.why} ({newest.madeBy})
        </Trans>
        {newest.decisionWords && <> — {newest.decisionWords}</>}
      </p>
      <Refusal error={proposing.error ?? deciding.error} />
      {changes && newest.state !== 'proposed' && (
        <BusyButton size="sm" busy={proposing.isPending} onClick={() => proposing.mutate()}>
          <Trans>Propose it</Trans>
        </BusyButton>
      )}
      {changes && newest.state === 'proposed' && (
        <>
          <LongTextField
            name={`words-${line.id}`}
            label={t`Your words`}
            hint={t`Needed when you send it back.`}
            optional
            maxLength={500}
            value={words}
            onChange={say}
          />
          <Row>
            <BusyButton size="sm" busy={deciding.isPending} onClick={() => deciding.mutate(true)}>
              <Trans>Approve</Trans>
            </BusyButton>
            <BusyButton size="sm" variant="default" busy={deciding.isPending} onClick={() => deciding.mutate(false)}>
              <Trans>Send back</Trans>
            </BusyButton>
          </Row>
        </>
      )}
    </div>
  )
}

/** Approved, for days that are still to come or over. */
function Coming({ line: { newest }, said }: { line: Line; said: string }) {
  const { i18n } = useLingui()
  const language = useLanguage()
  const from = dateName(newest.fromDay, language)
  return (
    <p>
      <Tag>{i18n._(stateNames[newest.state])}</Tag> {said}. <Trans>For visits from {from}.</Trans>
    </p>
  )
}

function PutBack({ line, done }: { line: Line; done: () => Promise<void> }) {
  const returning = useMutation({
    mutationFn: () => call(returnRule, { path: { id: line.id }, body: { version: line.version } }),
    onSuccess: done,
  })
  return (
    <>
      <BusyButton size="sm" variant="subtle" busy={returning.isPending} onClick={() => returning.mutate()}>
        <Trans>Back to the version before</Trans>
      </BusyButton>
      <Refusal error={returning.error} />
    </>
  )
}
