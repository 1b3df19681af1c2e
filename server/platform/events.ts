/** Facts that slices announce in the transaction that made them true, and the queues that later slices hear them on. */
import type { PgBoss, Queue } from 'pg-boss'
import type { Context } from './context.ts'
import { sendText, type Tx } from './db.ts'

/** Name -> what it says: ids only, never health information. Slices add theirs by declaration merging. */
export interface Events {}
export type EventName = keyof Events & string
export type Fact = { [Name in EventName]: { event: Name } & Events[Name] }[EventName]

/** What a slice does when it hears of a fact. Told at least once: work that was done before must be seen and left alone. */
export interface Listener {
  /** `slice.verb`: its queue. */
  readonly queue: string
  readonly hears: readonly EventName[]
  work(context: Context, fact: Fact): Promise<void>
}

/** What a slice does by the clock, in one process at a time however many run. */
export interface Chore {
  /** `slice.verb` */
  readonly task: string
  readonly everySeconds: number
  run(context: Context): Promise<void>
}

/** One fact of this kind, or several, at the price of one. */
export type Announce = <Name extends EventName>(tx: Tx, event: Name, ...facts: Events[Name][]) => Promise<void>

/** pg-boss gives up after a second by default and forgets a killed worker for a quarter of an hour; ours does neither. */
export const queueOptions: Omit<Queue, 'name'> = {
  // Tried again after 5 s, then ever more seldom, for half a day: somebody may be waiting for a code.
  retryLimit: 30,
  retryDelay: 5,
  retryBackoff: true,
  retryDelayMax: 1800,
  expireInSeconds: 120,
  heartbeatSeconds: 10,
  warningQueueSize: 5000,
}

/** Where a job goes that failed every time: kept, with its cause, for an operator to send again. */
export const parkedQueue = (queue: string) => `${queue}.parked`

/** Tells every listener of a fact, inside the caller's transaction: rolled back with it, never lost after it. */
export function announcer(boss: PgBoss, listeners: readonly Listener[]): Announce {
  return async (tx, event, ...facts) => {
    const db = {
      executeSql: async (text: string, values: unknown[] = []) => ({ rows: await sendText(tx, text, values) }),
    }
    const told = listeners.map(async ({ queue, hears }) => {
      if (!hears.includes(event)) return
      const jobs = facts.map((fact) => ({ data: { event, ...(fact as object) } }))
      const ids = await boss.insert(queue, jobs, { db, returnId: true })
      if (ids?.length !== jobs.length) throw new Error(`the queue ${queue} took no job`)
    })
    await Promise.all(told)
  }
}
