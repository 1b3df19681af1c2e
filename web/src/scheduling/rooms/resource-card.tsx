/** One room, device or interpreter: what it is good for, when it is there, when it is closed. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { reopenResource } from '../../../../server/scheduling/resources/contract.ts'
import { call } from '../../call.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Row } from '../../ui/layout.tsx'
import { Tag } from '../../ui/lists.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { dateName } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import { languageName, listOf, weekdayName } from '../find/said.ts'
import { CloseForm } from './close-form.tsx'
import { ResourceForm } from './resource-form.tsx'
import { modalityWords, timeOf, type Resource } from './room-words.ts'
import css from './rooms.module.css'

export function ResourceCard({ resource, changes }: { resource: Resource; changes: boolean }) {
  const { t, i18n } = useLingui()
  const language = useLanguage()
  const [doing, start] = useState<'change' | 'close'>()
  const { kind, name, features, modality, hours, closures } = resource
  const goodFor = kind === 'interpreter' ? features.map((tag) => languageName(tag, language)) : features
  const done = () => start(undefined)
  return (
    <Card as="li">
      <Row apart>
        <h3 className={css.name}>{name}</h3>
        <span className={css.tags}>
          {modality && <Tag>{i18n._(modalityWords[modality])}</Tag>}
          {closures.length > 0 && <Tag tone="warn">{t`Closed at times`}</Tag>}
        </span>
      </Row>
      {goodFor.length > 0 && (
        <p className={css.plain}>
          {kind === 'interpreter' ? (
            <Trans>Speaks {listOf(goodFor, language)}</Trans>
          ) : (
            <Trans>Good for {listOf(goodFor, language)}</Trans>
          )}
        </p>
      )}
      {hours.length === 0 ? (
        <p className={css.soft}>
          <Trans>There whenever its place is open</Trans>
        </p>
      ) : (
        <ul className={css.hours}>
          {hours.map((one) => (
            <li key={`${one.weekday} ${one.fromMinute}`}>
              {weekdayName(one.weekday, language)} {timeOf(one.fromMinute)} – {timeOf(one.untilMinute)}
            </li>
          ))}
        </ul>
      )}
      {closures.map((closure) => (
        <Closure key={closure.id} closure={closure} name={name} changes={changes} language={language} />
      ))}
      {changes && doing === undefined && (
        <div className={css.deeds}>
          <Button size="sm" variant="default" aria-label={t`Close for a time: ${name}`} onClick={() => start('close')}>
            <Trans>Close for a time</Trans>
          </Button>
          <Button size="sm" variant="default" aria-label={t`Change: ${name}`} onClick={() => start('change')}>
            <Trans>Change</Trans>
          </Button>
        </div>
      )}
      {doing === 'close' && <CloseForm resource={resource} onDone={done} />}
      {doing === 'change' && <ResourceForm resource={resource} onDone={done} />}
    </Card>
  )
}

interface ClosureProps {
  closure: Resource['closures'][number]
  name: string
  changes: boolean
  language: 'en' | 'es'
}

function Closure({ closure, name, changes, language }: ClosureProps) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const day = dateName(closure.day, language)
  const { fromMinute, untilMinute, reason } = closure
  const open = useMutation({
    mutationFn: () => call(reopenResource, { path: { id: closure.id }, body: {} }),
    onSuccess: () => queries.invalidateQueries(),
  })
  return (
    <div className={css.closure}>
      <p className={css.plain}>
        {fromMinute === null || untilMinute === null ? (
          <Trans>
            Closed on {day}: {reason}
          </Trans>
        ) : (
          <Trans>
            Closed on {day}, {timeOf(fromMinute)} – {timeOf(untilMinute)}: {reason}
          </Trans>
        )}
      </p>
      {changes && (
        <Button
          size="sm"
          variant="default"
          aria-label={t`Open again: ${name}, ${day}`}
          disabled={open.isPending}
          onClick={() => open.mutate()}
        >
          <Trans>Open again</Trans>
        </Button>
      )}
      <Refusal error={open.error} />
    </div>
  )
}
