/** Closes a room, a device or an interpreter for a time, after it was shown which visits that hits. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { closeResource, previewClosure } from '../../../../server/scheduling/resources/contract.ts'
import { asking, call, clinicNow } from '../../call.ts'
import { useSession } from '../../people/session.ts'
import { BusyButton } from '../../ui/busy-button.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { CheckField } from '../../ui/fieldset.tsx'
import { Row } from '../../ui/layout.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { dayOf } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import { VisitWords } from './losing.tsx'
import { minuteOf, type Resource } from './room-words.ts'
import css from './rooms.module.css'

export function CloseForm({ resource, onDone }: { resource: Resource; onDone: () => void }) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const [day, setDay] = useState(dayOf(new Date(clinicNow()).toISOString(), resource.zone))
  const [whole, setWhole] = useState(true)
  const [from, setFrom] = useState('09:00')
  const [until, setUntil] = useState('17:00')
  const [reason, say] = useState('')
  const [missing, miss] = useState(false)
  const part = { day, ...(!whole && { fromMinute: minuteOf(from), untilMinute: minuteOf(until) }) }
  const close = useMutation({
    mutationFn: () => call(closeResource, { path: { id: resource.id }, body: { ...part, reason } }),
    onSuccess: async () => {
      await queries.invalidateQueries()
      onDone()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    miss(reason.trim() === '')
    if (reason.trim() !== '') close.mutate()
  }
  const name = (field: string) => `${field}-${resource.id}`
  return (
    <form className={css.form} onSubmit={submit}>
      <TextField name={name('day')} type="date" label={t`Day`} value={day} onChange={setDay} />
      <CheckField name={name('whole')} label={t`The whole day`} checked={whole} onChange={setWhole} />
      {!whole && (
        <div className={css.times}>
          <TextField name={name('from')} type="time" label={t`From`} value={from} onChange={setFrom} />
          <TextField name={name('until')} type="time" label={t`Until`} value={until} onChange={setUntil} />
        </div>
      )}
      <TextField
        name={name('reason')}
        label={t`Why`}
        hint={t`Colleagues read it: no names of patients.`}
        error={missing && reason.trim() === '' ? t`Say why it is closed.` : undefined}
        maxLength={300}
        value={reason}
        onChange={say}
      />
      {day !== '' && from < until && <Hits id={resource.id} part={part} />}
      <Refusal error={close.error} />
      <Row>
        <BusyButton type="submit" busy={close.isPending}>
          <Trans>Close it</Trans>
        </BusyButton>
        <Button variant="default" onClick={onDone}>
          <Trans>Leave it open</Trans>
        </Button>
      </Row>
    </form>
  )
}

interface Part {
  day: string
  fromMinute?: number
  untilMinute?: number
}

/** What closing then does. Only who sees the day is told whose visits they are. */
function Hits({ id, part }: { id: string; part: Part }) {
  const language = useLanguage()
  const seesDay = useSession()?.role === 'scheduler'
  const { data, error } = useQuery({
    ...asking(previewClosure, { path: { id }, query: { ...part, language } }),
    enabled: seesDay,
  })
  if (error) return <Refusal error={error} />
  if (!data) return null
  const kept = data.visits.filter(({ instead }) => instead !== null).length
  const left = data.visits.length - kept
  return (
    <div aria-live="polite">
      {data.visits.length === 0 && <Trans>No visit has it then.</Trans>}
      {kept > 0 && (
        <p className={css.plain}>
          <Plural value={kept} one="# visit gets another one at once." other="# visits get another one at once." />
        </p>
      )}
      {left > 0 && (
        <p className={css.plain}>
          <Plural
            value={left}
            one="# visit has nowhere to go: it keeps its time until somebody moves it."
            other="# visits have nowhere to go: they keep their time until somebody moves them."
          />
        </p>
      )}
      <ul className={css.visits}>
        {data.visits.map((visit) => (
          <li key={visit.appointmentId} className={css.visit}>
            <VisitWords visit={visit} />
          </li>
        ))}
      </ul>
    </div>
  )
}
