/** What every view of the desk has: its bar, its keys, and the panel beside it. */
import { useLingui } from '@lingui/react/macro'
import { useEffect, useState, type ReactNode } from 'react'
import { useKeys } from '../../ui/keys.ts'
import { Loading } from '../../ui/loading.tsx'
import { Refusal } from '../../ui/refusal.tsx'
import { Bar } from './bar.tsx'
import css from './desk.module.css'
import type { Entry } from './lay-out.ts'
import { Panel, type Shown } from './panel.tsx'
import paper from './printed.module.css'
import { useLive, type Desk } from './use-desk.ts'

interface FrameProps {
  desk: Desk
  heading: string
  query: { isFetching: boolean; isPending: boolean; error: unknown; refetch: () => unknown }
  places: readonly { id: string; name: string }[]
  /** Those on the page, as the last answer has them. */
  entries: readonly Entry[]
  /** The same on paper. */
  printed?: ReactNode
  children: (show: (shown: Shown) => void, shown: Shown) => ReactNode
}

export function DeskFrame({ desk, heading, query, places, entries, printed, children }: FrameProps) {
  const { t } = useLingui()
  const [shown, show] = useState<Shown>({ kind: 'start' })
  useLive()
  useKeys({
    t: () => desk.go({ day: undefined }),
    n: () => desk.step(1),
    p: () => desk.step(-1),
    d: () => desk.show('day'),
    w: () => desk.show('week'),
    // With a visit open, M moves it.
    ...(shown.kind !== 'visit' && { m: () => desk.show('month') }),
    '/': () => {
      show({ kind: 'start' })
      document.getElementById('patient-lookup')?.focus()
    },
    '?': () => show({ kind: 'keys' }),
    Escape: () => show({ kind: 'start' }),
  })
  useEffect(() => {
    document.title = `${heading} · ${t`Front desk`}`
  }, [heading, t])
  return (
    <>
      {printed}
      <div className={paper.screen}>
        <Bar desk={desk} heading={heading} places={places} onShow={show} />
      </div>
      <div className={`${css.body} ${paper.screen}`}>
        <section className={css.day} aria-busy={query.isFetching} aria-label={heading}>
          <Refusal error={query.error} onAgain={() => void query.refetch()} />
          {query.isPending && <Loading cards={3} />}
          {children(show, shown)}
        </section>
        <Panel shown={shown} desk={desk} entries={entries} onShow={show} />
      </div>
    </>
  )
}
