/** Books a visit at the desk: who, which visit, when. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { bookAppointment, listOpenings } from '../../../../server/scheduling/contract.ts'
import { asking, call, clinicNow } from '../../call.ts'
import { LongTextField, SelectField } from '../../ui/field.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { TimeGrid } from '../../ui/time-grid.tsx'
import { dayOf } from '../../ui/time.ts'
import css from './desk.module.css'
import { useKeys } from '../../ui/keys.ts'
import type { Column } from './lay-out.ts'
import { NewPatient, type NewGuest } from './new-patient.tsx'
import { Overbook } from './overbook.tsx'
import { PatientLookup } from './patient-lookup.tsx'
import { WhyNot } from './why-not.tsx'

interface BookPanelProps {
  column: Column
  /** Where the free time begins that was chosen. */
  from: string
  /** The kind of visit, when it is to be the same as of a session that somebody joins. */
  offering?: string | null | undefined
  day: string
  zone: string
  onDone: () => void
  onBlock: () => void
}

interface Who {
  name: string
  language: string | null
  asked: { patientId: string; guest?: never } | { patientId?: never; guest: NewGuest }
}

const newcomer = (guest: NewGuest): Who => ({
  name: `${guest.person.givenName} ${guest.person.familyName}`,
  language: guest.person.language,
  asked: { guest },
})

export function BookPanel({ column, from, offering: asked, day, zone, onDone, onBlock }: BookPanelProps) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const [who, pick] = useState<Who>()
  const [isNew, ask] = useState(false)
  const [offeringId, choose] = useState(asked ?? column.offerings[0]?.offering.id ?? '')
  const [at, setAt] = useState<string>()
  const [reason, say] = useState('')
  const [over, goOver] = useState<string>()
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
  const wish = {
    offeringId,
    ...who?.asked,
    language: who?.language === 'es' ? ('es' as const) : ('en' as const),
    newPatient: offering?.forPatients === 'new' || who?.asked.guest !== undefined,
    ...(reason && { reason }),
  }
  const after = async () => {
    await queries.invalidateQueries()
    onDone()
  }
  const book = useMutation({
    mutationFn: () =>
      call(
        bookAppointment,
        { body: { ...wish, startsAt: startsAt ?? '' } },
        { idempotencyKey: `${key} ${offeringId} ${startsAt}`.replaceAll(' ', '.') },
      ),
    onSuccess: after,
  })
  useKeys({ b: onBlock })
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
      <WhyNot
        key={offeringId}
        offeringId={offeringId}
        day={day}
        zone={zone}
        patientId={who?.asked.patientId}
        onOverbook={goOver}
      />
      {who ? (
        <p>
          <strong>{who.name}</strong>{' '}
          <Button variant="subtle" size="sm" onClick={() => pick(undefined)}>
            <Trans>Somebody else</Trans>
          </Button>
        </p>
      ) : isNew ? (
        <NewPatient
          today={dayOf(new Date(clinicNow()).toISOString(), zone)}
          onGiven={(guest) => pick(newcomer(guest))}
          onBack={() => ask(false)}
        />
      ) : (
        <>
          <PatientLookup onPick={({ id, name, language }) => pick({ name, language, asked: { patientId: id } })} />
          <Button variant="default" size="sm" onClick={() => ask(true)}>
            <Trans>Somebody new</Trans>
          </Button>
        </>
      )}
      <LongTextField name="desk-reason" label={t`Reason`} optional maxLength={500} value={reason} onChange={say} />
      {over !== undefined && (
        <Overbook
          key={over}
          wish={{ ...wish, startsAt: over }}
          zone={zone}
          isReady={who !== undefined}
          onDone={after}
          onBack={() => goOver(undefined)}
        />
      )}
      <Refusal error={book.error} />
      <Group>
        <Button disabled={!who || !startsAt} loading={book.isPending} onClick={() => book.mutate()}>
          <Trans>Book</Trans>
        </Button>
        <Button variant="default" aria-keyshortcuts="B" onClick={onBlock}>
          <Trans>Block time instead</Trans>
        </Button>
      </Group>
    </div>
  )
}
