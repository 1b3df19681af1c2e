/** Beside the day: what was opened in it, or the way to find a patient. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useRef } from 'react'
import { BlockPanel } from './block-panel.tsx'
import { BookPanel } from './book-panel.tsx'
import css from './desk.module.css'
import type { Drop } from './drop.ts'
import { GroupPanel } from './group-panel.tsx'
import type { Column, Entry } from './lay-out.ts'
import { PatientLookup } from './patient-lookup.tsx'
import { Calls, Unreached } from './queues.tsx'
import { RecordPanel } from './record/record-panel.tsx'
import { ProxyRequests } from './record/requests.tsx'
import type { Desk } from './use-desk.ts'
import { VisitPanel } from './visit-panel.tsx'

export type Shown =
  | { kind: 'start' }
  | { kind: 'keys' }
  | { kind: 'calls' }
  | { kind: 'unreached' }
  | { kind: 'requests' }
  | { kind: 'record'; patientId: string }
  | { kind: 'group'; column: Column; entry: Entry; pieceKey: string }
  | { kind: 'visit'; entry: Entry; pieceKey: string; drop?: Drop }
  | { kind: 'book'; column: Column; from: string; pieceKey: string; offeringId?: string | null }
  | { kind: 'block'; column: Column; from: string; pieceKey: string; entry?: Entry }

interface PanelProps {
  shown: Shown
  desk: Pick<Desk, 'day' | 'zone'>
  entries: readonly Entry[]
  onShow: (shown: Shown) => void
}

export function Panel({ shown, desk: { day, zone }, entries, onShow }: PanelProps) {
  const { t } = useLingui()
  const panel = useRef<HTMLElement>(null)
  const dropped = 'drop' in shown ? JSON.stringify(shown.drop) : ''
  const opened =
    'pieceKey' in shown ? shown.pieceKey + shown.kind + dropped : 'patientId' in shown ? shown.patientId : shown.kind
  useEffect(() => {
    if (shown.kind !== 'start') panel.current?.querySelector<HTMLElement>('h2')?.focus()
  }, [opened, shown.kind])
  const done = () => onShow({ kind: 'start' })
  return (
    <aside className={css.panel} ref={panel} aria-label={t`Details`}>
      {shown.kind === 'start' && (
        <>
          <PatientLookup onPick={({ id }) => onShow({ kind: 'record', patientId: id })} />
          <p className={css.quiet}>
            <Trans>Choose a visit or a free time in the day. Press ? for the keys.</Trans>
          </p>
        </>
      )}
      {shown.kind === 'keys' && <Keys />}
      {shown.kind === 'calls' && <Calls />}
      {shown.kind === 'unreached' && <Unreached zone={zone} />}
      {shown.kind === 'requests' && <ProxyRequests />}
      {shown.kind === 'record' && <RecordPanel key={shown.patientId} patientId={shown.patientId} zone={zone} />}
      {/* As the last answer has it: what was opened may have changed meanwhile. */}
      {shown.kind === 'visit' && (
        <VisitPanel
          key={opened}
          entry={entries.find(({ id }) => id === shown.entry.id) ?? shown.entry}
          zone={zone}
          drop={shown.drop}
          onDone={done}
          onRecord={(patientId) => onShow({ kind: 'record', patientId })}
        />
      )}
      {shown.kind === 'group' && (
        <GroupPanel
          key={opened}
          entries={inSession(entries, shown.entry)}
          zone={zone}
          onVisit={(entry) => onShow({ kind: 'visit', entry, pieceKey: shown.pieceKey })}
          onAdd={() =>
            onShow({ ...shown, kind: 'book', from: shown.entry.startsAt, offeringId: shown.entry.offeringId })
          }
        />
      )}
      {shown.kind === 'book' && (
        <BookPanel
          key={opened}
          column={shown.column}
          from={shown.from}
          offering={shown.offeringId}
          day={day}
          zone={zone}
          onDone={done}
          onBlock={() => onShow({ ...shown, kind: 'block' })}
        />
      )}
      {shown.kind === 'block' && (
        <BlockPanel
          key={opened}
          column={shown.column}
          from={shown.from}
          day={day}
          zone={zone}
          entry={shown.entry}
          onDone={done}
        />
      )}
    </aside>
  )
}

/** All who come to the session of this entry, as the last answer has it. */
const inSession = (entries: readonly Entry[], { session }: Entry): Entry[] =>
  entries.filter((one) => one.session && one.session.id === session?.id)

function Keys() {
  const { t } = useLingui()
  const keys = [
    ['D W M', t`Day, week, month`],
    ['T', t`Today`],
    ['N', t`Next day, week or month`],
    ['P', t`Previous day, week or month`],
    ['/', t`Find a patient`],
    ['Q', t`What waits: calls, matches, requests, not reached`],
    ['R', t`Record of the open visit’s patient`],
    ['L', t`Lock the screen`],
    ['↑ ↓ ← →', t`Walk through the page`],
    ['Enter', t`Open`],
    ['M', t`Move the open visit`],
    ['C', t`Cancel the open visit`],
    ['B', t`Block the chosen time`],
    ['Esc', t`Close`],
  ]
  return (
    <>
      <h2 tabIndex={-1}>
        <Trans>Keys</Trans>
      </h2>
      <dl className={css.keys}>
        {keys.map(([key, does]) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
