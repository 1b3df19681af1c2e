/** Books a visit at the desk: who, which visit, when. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { PatientSummary } from '../../../../server/people/contract.ts'
import { bookAppointment, listOpenings } from '../../../../server/scheduling/contract.ts'
import { asking, call } from '../../call.ts'
import { LongTextField, SelectField } from '../../ui/field.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { TimeGrid } from '../../ui/time-grid.tsx'
import css from './desk.module.css'
import type { Column } from './lay-out.ts'
import { PatientLookup } from './patient-lookup.tsx'

interface BookPanelProps {
  column: Column
  /** Where the free time begins that was chosen. */
  from: string
  day: string
  zone: string
  onDone: () => void
  onBlock: () => void
}

export function BookPanel({ column, from, day, zone, onDone, onBlock }: BookPanelProps) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const [patient, pick] = useState<PatientSummary>()
  const [offeringId, choose] = useState(column.offerings[0]?.offering.id ?? '')
  const [at, setAt] = useState<string>()
  const [reason, say] = useState('')
  const [key] = useState(() => crypto.randomUUID())
  const openings = useQuery({
    ...asking(listOpenings, { path: { id: offeringId }, query: { from: day, days: 1 } }),
    enabled: offeringId !== '',
  })
  const times = (openings.data?.days[0]?.openings ?? []).filter(
    (time) => time >= new Date(from).toISOString().replace('.000', ''),
  )
  const offering = column.offerings.find((one) => one.offering.id === offeringId)?.offering
  const startsAt = at ?? times[0]
  const book = useMutation({
    mutationFn: () =>
      call(
        bookAppointment,
        {
          body: {
            offeringId,
            startsAt: startsAt ?? '',
            patientId: patient?.id ?? '',
            language: patient?.language === 'es' ? 'es' : 'en',
            newPatient: offering?.forPatients === 'new',
            ...(reason && { reason }),
          },
        },
        { idempotencyKey: `${key} ${offeringId} ${startsAt}`.replaceAll(' ', '.') },
      ),
    onSuccess: async () => {
      await queries.invalidateQueries()
      onDone()
    },
  })
  return (
    <div className={css.stack}>
      <h2 tabIndex={-1}>
        <Trans>Book with {column.clinician.name}</Trans>
      </h2>
      <SelectField
        name="desk-offering"
        label={t`Visit`}
        value={offeringId}
        onChange={(id) => {
          choose(id)
          setAt(undefined)
        }}
        options={column.offerings.map((one) => ({
          value: one.offering.id,
          label: t`${one.offering.visitType.name}, ${one.offering.minutes} min`,
        }))}
      />
      {times.length > 0 ? (
        <TimeGrid times={times} zone={zone} label={t`Time`} picked={startsAt} onPick={setAt} />
      ) : (
        <p className={css.quiet}>
          <Trans>This visit does not fit here.</Trans>
        </p>
      )}
      {patient ? (
        <p>
          <strong>{patient.name}</strong>{' '}
          <Button variant="subtle" size="sm" onClick={() => pick(undefined)}>
            <Trans>Somebody else</Trans>
          </Button>
        </p>
      ) : (
        <PatientLookup onPick={pick} />
      )}
      <LongTextField name="desk-reason" label={t`Reason`} optional maxLength={500} value={reason} onChange={say} />
      <Refusal error={book.error} />
      <Group>
        <Button disabled={!patient || !startsAt} loading={book.isPending} onClick={() => book.mutate()}>
          <Trans>Book</Trans>
        </Button>
        <Button variant="default" onClick={onBlock}>
          <Trans>Block time instead</Trans>
        </Button>
      </Group>
    </div>
  )
}
