/** Tells open front-desk pages that something changed, whichever process changed it. Says that, never what. */
import { sql } from 'kysely'
import type pg from 'pg'
import { Client } from 'pg'
import type { Context } from '../../platform/context.ts'

const channel = 'attend_desk'
/** Changes within this time are told as one. A NOTIFY in the booking itself would make bookings wait for each other. */
const gatherMilliseconds = 50

const waiting = new WeakMap<Context, Set<string>>()

/** Call it after the change is committed. If the process dies before it tells, pages catch up by asking each 15 s. */
export function changed(context: Context, organizationId: string) {
  const gathered = waiting.get(context)
  if (gathered) {
    gathered.add(organizationId)
    return
  }
  const fresh = new Set([organizationId])
  waiting.set(context, fresh)
  setTimeout(() => {
    waiting.delete(context)
    const told = [...fresh].map((id) => sql`select pg_notify(${channel}, ${id})`.execute(context.db.worker))
    // A page that misses this asks by itself within seconds: nothing is lost with the message.
    Promise.all(told).catch(() => undefined)
  }, gatherMilliseconds).unref()
}

export interface Live {
  /** Calls back on each change in the organization until the returned function is called. */
  listen(organizationId: string, onChange: () => void): () => void
  close(): Promise<void>
}

/** One listening connection a process, shared by all open pages; it reconnects by itself. */
export function openLive(connection: pg.ClientConfig): Live {
  const pages = new Map<string, Set<() => void>>()
  let client: Client | undefined
  let closed = false
  const everyone = () => [...pages.values()].flatMap((set) => [...set])

  async function connect() {
    if (closed) return
    const fresh = new Client(connection)
    fresh.on('error', () => undefined)
    fresh.on('end', () => {
      client = undefined
      if (!closed) setTimeout(() => void connect(), 1000).unref()
    })
    fresh.on('notification', ({ payload }) => pages.get(payload ?? '')?.forEach((tell) => tell()))
    try {
      await fresh.connect()
      await fresh.query(`listen ${channel}`)
      client = fresh
      // What was said while nobody listened.
      everyone().forEach((tell) => tell())
    } catch {
      await fresh.end().catch(() => undefined)
    }
  }
  const connected = connect()

  return {
    listen(organizationId, onChange) {
      const set = pages.get(organizationId) ?? new Set()
      pages.set(organizationId, set.add(onChange))
      return () => void set.delete(onChange)
    },
    async close() {
      closed = true
      await connected
      await client?.end()
    },
  }
}
