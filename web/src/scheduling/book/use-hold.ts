/** Keeps the chosen time while the form is filled: taken once, longer once while somebody is active, given back when another is chosen. */
import { useMutation } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { extendHold, holdOpening, releaseHold } from '../../../../server/scheduling/contract.ts'
import { call, clinicNow } from '../../call.ts'
import { attemptFor } from './attempt.ts'
import type { BookingDraft, Held } from './draft.ts'

interface Wanted {
  offering: string
  /** Undefined while nothing is to be kept. */
  at: string | undefined
  draft: Pick<BookingDraft, 'held' | 'holding'>
  put: (part: Partial<BookingDraft>) => void
}

export interface Hold {
  /** The live hold of the time that is wanted. */
  held: Held | undefined
  /** It ran out. What was typed is still there. */
  ended: boolean
  error: unknown
  /** Takes it anew. */
  again: () => void
  onEnd: () => void
  onMark: (secondsLeft: number) => void
}

const isOver = (held: Held) => Date.parse(held.expiresAt) <= clinicNow()

export function useHold({ offering, at, draft, put }: Wanted): Hold {
  const held = draft.held?.offering === offering && draft.held.at === at ? draft.held : undefined
  const [overId, end] = useState(held && isOver(held) ? held.id : undefined)
  const ended = held !== undefined && overId === held.id
  const { mutate, error, reset } = useMutation({
    mutationFn: async (wanted: { offering: string; at: string; anew: boolean }) => {
      const body = { offeringId: wanted.offering, startsAt: wanted.at }
      const holding = attemptFor(body, wanted.anew ? undefined : draft.holding)
      if (draft.held && !isOver(draft.held)) await giveBack(draft.held)
      put({ holding })
      return { ...(await call(holdOpening, { body }, { idempotencyKey: holding.key })), offering, at: wanted.at }
    },
    onSuccess: (got) => put({ held: got }),
  })
  const take = useEffectEvent(() => {
    reset()
    if (at && !held) mutate({ offering, at, anew: false })
  })
  useEffect(() => take(), [offering, at])
  const onMark = useExtension(held, put)
  return {
    held: ended ? undefined : held,
    ended,
    error,
    again: () => at && mutate({ offering, at, anew: true }),
    onEnd: () => end(held?.id),
    onMark,
  }
}

// Another person may want it; whether this arrives is of no consequence to this one.
const giveBack = ({ id }: Held) => call(releaseHold, { path: { id } }).catch(() => undefined)

/** Seconds left from which on being active makes it last longer. */
const low = 120
/** Somebody who typed or touched something within so many milliseconds is still there. */
const recently = 90_000

function useExtension(held: Held | undefined, put: Wanted['put']) {
  const lastSeen = useRef(0)
  const lowId = useRef('')
  const extend = async () => {
    if (!held?.canExtend || lowId.current !== held.id || Date.now() - lastSeen.current > recently) return
    lowId.current = ''
    // Refused or out of reach: it then ends at the time that is shown.
    const longer = await call(extendHold, { path: { id: held.id } }).catch(() => undefined)
    if (longer) put({ held: { ...held, ...longer } })
  }
  const seen = useEffectEvent(() => {
    lastSeen.current = Date.now()
    void extend()
  })
  useEffect(() => {
    const signs = ['input', 'keydown', 'pointerdown'] as const
    const see = () => seen()
    for (const sign of signs) addEventListener(sign, see)
    return () => {
      for (const sign of signs) removeEventListener(sign, see)
    }
  }, [])
  return (secondsLeft: number) => {
    if (!held || secondsLeft > low || secondsLeft === 0) return
    lowId.current = held.id
    void extend()
  }
}
