/** Why a time cannot be booked: asked while somebody is on the phone, answered in one sentence by the rules that refuse. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { whyNot } from '../../../../server/scheduling/rules/contract.ts'
import { asking } from '../../call.ts'
import { useSession } from '../../people/session.ts'
import { TextField } from '../../ui/field.tsx'
import { refusalWords } from '../../ui/refusal-words.ts'
import { clock, instantAt } from '../../ui/time.ts'
import { useLanguage } from '../../ui/use-language.ts'
import desk from './desk.module.css'
import { mayOverbook } from './overbook.tsx'
import { RefusalOrGlass } from './record/refusal-or-glass.tsx'
import css from './why-not.module.css'

interface WhyNotProps {
  offeringId: string
  day: string
  zone: string
  /** For whom; for anybody when it is not said. */
  patientId: string | undefined
  /** Offered where the time is another visit's, to those who may decide it. */
  onOverbook: (startsAt: string) => void
}

export function WhyNot({ offeringId, day, zone, patientId, onOverbook }: WhyNotProps) {
  const role = useSession()?.role
  const { t } = useLingui()
  const language = useLanguage()
  const [time, say] = useState('')
  const [startsAt, ask] = useState<string>()
  const { data, error, refetch } = useQuery({
    ...asking(whyNot, { query: { offeringId, startsAt: startsAt ?? '', ...(patientId && { patientId }) } }),
    enabled: startsAt !== undefined,
    retry: false,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (time !== '') ask(instantAt(day, time, zone))
  }
  return (
    <details>
      <summary className={css.summary}>
        <Trans>Why not this time?</Trans>
      </summary>
      <form onSubmit={submit} className={desk.stack}>
        <TextField name="why-not" type="time" label={t`A time of this day`} value={time} onChange={say} />
        <Button type="submit" variant="default">
          <Trans>Say why</Trans>
        </Button>
      </form>
      <RefusalOrGlass error={error} patientId={patientId} onOpened={() => void refetch()} />
      <output>
        {data && startsAt && (
          <p>
            <strong>{clock(startsAt, zone, language)}</strong> <Sentence answer={data} />
          </p>
        )}
      </output>
      {data?.code === 'taken' && startsAt && mayOverbook(role) && (
        <Button variant="default" onClick={() => onOverbook(startsAt)}>
          <Trans>Overbook this time…</Trans>
        </Button>
      )}
    </details>
  )
}

interface Answer {
  code: string
  sentence: string
  es?: string
}

function Sentence({ answer: { code, sentence, es } }: { answer: Answer }) {
  const { t, i18n } = useLingui()
  const language = useLanguage()
  const words: Readonly<Record<string, string>> = {
    free: t`Nothing stands in the way: this time is free.`,
    outside_hours: t`The clinician does not work at this place for all of that time.`,
    closed: t`That time is kept free: leave, a holiday, or blocked by a colleague.`,
    taken: t`The clinician has another visit then, or the time before or after it is needed.`,
    no_room: t`No room that this visit needs is free then.`,
    no_device: t`No machine that this visit needs is free then.`,
    off_grid: t`This visit does not start at that minute. The times above are when it can.`,
  }
  if (es !== undefined) return language === 'es' ? es : sentence
  const known = refusalWords[code]
  return words[code] ?? (known ? i18n._(known) : sentence)
}
