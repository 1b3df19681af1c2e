/** Blocks part of a clinician's day, or opens it again. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { blockTime, unblockTime } from '../../../../server/scheduling/contract.ts'
import { call } from '../../call.ts'
import { TextField } from '../../ui/field.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import css from './desk.module.css'
import type { Column, Entry } from './lay-out.ts'

interface BlockPanelProps {
  column: Column
  from: string
  day: string
  zone: string
  entry: Entry | undefined
  onDone: () => void
}

export function BlockPanel({ column, from, day, zone, entry, onDone }: BlockPanelProps) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const begins = wall(from, zone)
  const [first, setFirst] = useState(begins)
  const [last, setLast] = useState(later(begins))
  const [reason, say] = useState('')
  const after = async () => {
    await queries.invalidateQueries()
    onDone()
  }
  const body = {
    clinicianId: column.clinician.id,
    day,
    fromMinute: minuteOf(first),
    untilMinute: minuteOf(last),
    ...(reason && { reason }),
  }
  const block = useMutation({ mutationFn: () => call(blockTime, { body }), onSuccess: after })
  const open = useMutation({
    mutationFn: () => call(unblockTime, { path: { id: entry?.id ?? '' }, body: {} }),
    onSuccess: after,
  })
  if (entry)
    return (
      <div className={css.stack}>
        <h2 tabIndex={-1}>{entry.reason ?? t`Blocked`}</h2>
        <Refusal error={open.error} />
        {entry.status === 'block' && (
          <Button loading={open.isPending} onClick={() => open.mutate()}>
            <Trans>Open this time again</Trans>
          </Button>
        )}
      </div>
    )
  return (
    <div className={css.stack}>
      <h2 tabIndex={-1}>
        <Trans>Block time of {column.clinician.name}</Trans>
      </h2>
      <TextField name="block-from" type="time" label={t`From`} value={first} onChange={setFirst} />
      <TextField name="block-until" type="time" label={t`Until`} value={last} onChange={setLast} />
      <TextField name="block-reason" label={t`Reason`} optional maxLength={200} value={reason} onChange={say} />
      <Refusal error={block.error} />
      <Button loading={block.isPending} onClick={() => block.mutate()}>
        <Trans>Block this time</Trans>
      </Button>
    </div>
  )
}

const wall = (instant: string, timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    Date.parse(instant),
  )
const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
/** An hour later, on the same day. */
const later = (time: string) =>
  `${String(Math.min(23, Number(time.slice(0, 2)) + 1)).padStart(2, '0')}:${time.slice(3, 5)}`
