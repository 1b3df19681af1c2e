/** When the screen locks: by a key, in another tab, or when nobody has touched it for as long as a session may be idle. */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { lockSession, readSession } from '../../../../server/people/sign-in/contract.ts'
import { touchedAt } from '../../activity.ts'
import { call } from '../../call.ts'
import type { Session } from '../session.ts'

/** The server ends an idle session: the screen is locked a little before, for a locked one waits. */
const ahead = 20_000
const warnedFor = 120_000
/** Typing for long asks the server nothing, and is no idleness. */
const pingEvery = 60_000
const kind = 'attend-lock'

export interface Lock {
  isLocked: boolean
  /** Seconds until it locks by itself; undefined while that is far. */
  left: number | undefined
  lock: () => void
  unlocked: () => Promise<void>
}

export function useLock(session: Session | undefined): Lock {
  const queries = useQueryClient()
  const [isLockedHere, setLocked] = useState(false)
  const [left, setLeft] = useState<number>()
  const idleMinutes = session?.idleMinutes ?? undefined
  const isIn = session !== undefined && session.role !== 'anyone'
  const again = useCallback(() => queries.invalidateQueries({ queryKey: [readSession.url] }), [queries])

  const lock = useCallback(() => {
    setLocked(true)
    void call(lockSession)
      .catch(() => undefined)
      .then(() => {
        tell()
        return again()
      })
  }, [again])

  useEffect(() => {
    if (!('BroadcastChannel' in globalThis)) return undefined
    const channel = new BroadcastChannel(kind)
    channel.addEventListener('message', () => void again())
    return () => channel.close()
  }, [again])

  useEffect(() => {
    if (idleMinutes === undefined || !isIn || isLockedHere) return undefined
    const look = () => {
      const remains = idleMinutes * 60_000 - ahead - (Date.now() - touchedAt())
      if (remains <= 0) lock()
      setLeft(remains <= warnedFor ? Math.max(0, Math.ceil(remains / 1000)) : undefined)
    }
    const looking = setInterval(look, 1000)
    const pinging = setInterval(() => void again(), pingEvery)
    return () => {
      clearInterval(looking)
      clearInterval(pinging)
    }
  }, [idleMinutes, isIn, isLockedHere, lock, again])

  const unlocked = async () => {
    await again()
    setLocked(false)
    setLeft(undefined)
    tell()
    await queries.invalidateQueries()
  }
  return { isLocked: isLockedHere || session?.locked === true, left, lock, unlocked }
}

/** Other tabs look again who is there. */
function tell() {
  if (!('BroadcastChannel' in globalThis)) return
  const channel = new BroadcastChannel(kind)
  channel.postMessage('changed')
  channel.close()
}
