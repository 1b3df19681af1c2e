/** The frame of every staff screen: nothing for who is not signed in, and nothing to see while the screen is locked. */
import { useLocation } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import { useClinic } from '../clinic.ts'
import { useSession, type Session } from '../session.ts'
import { HouseContext } from '../../ui/house.ts'
import { Loading } from '../../ui/loading.tsx'
import { OfflineBanner } from '../../ui/offline-banner.tsx'
import { Bar } from './bar.tsx'
import { IdleWarning } from './idle-warning.tsx'
import { Locked } from './locked.tsx'
import { placeAt } from './places.ts'
import { useLock } from './use-lock.ts'
import { NotForYou, WayIn } from './way-in.tsx'
import css from './work.module.css'

export function WorkFrame({ children }: { children: ReactNode }) {
  return (
    <HouseContext value={useClinic()}>
      <OfflineBanner />
      <Inside>{children}</Inside>
    </HouseContext>
  )
}

/** What was on the screen stays under the lock: whoever comes back goes on where they were. */
function Inside({ children }: { children: ReactNode }) {
  const session = useSession()
  const [last, keep] = useState<Session>()
  const lock = useLock(session)
  const isIn = session !== undefined && session.role !== 'anyone'
  if (isIn && (last?.personId !== session.personId || last.role !== session.role)) keep(session)
  if (!session) return <Loading page />
  // Somebody locked it before this page was opened, or nobody is signed in: there is nothing of theirs to keep.
  if (!last) return session.locked ? <Locked session={session} lock={lock} /> : <WayIn />
  const isCovered = lock.isLocked || !isIn
  return (
    <>
      <div className={css.frame} inert={isCovered} data-covered={isCovered || undefined}>
        <Bar session={last} onLock={lock.lock} />
        <main id="main" className={css.main}>
          <Allowed role={last.role}>{children}</Allowed>
        </main>
      </div>
      {isCovered && <Locked session={session} lock={lock} owner={last} />}
      {!isCovered && <IdleWarning left={lock.left} onLock={lock.lock} />}
    </>
  )
}

function Allowed({ role, children }: { role: string; children: ReactNode }) {
  const place = placeAt(useLocation({ select: ({ pathname }) => pathname }))
  return place && !place.roles.has(role) ? <NotForYou role={role} /> : children
}
