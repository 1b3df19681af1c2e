/** Runs what is queued and what is due by the clock. Several processes may do so at once on one database. */
import { PgBoss, type JobResult } from 'pg-boss'
import { sql } from 'kysely'
import type { Context } from './context.ts'
import { Refusal } from './errors.ts'
import { parkedQueue, queueOptions, type Chore, type Fact, type Listener } from './events.ts'
import type { Connect } from './db.ts'

interface Log {
  info(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** A pg-boss that may send and work but never alters the schema: the migration runner has made it. */
export async function openBoss(connect: Connect, options: { supervise: boolean; log: Log }): Promise<PgBoss> {
  const { ssl, ...login } = connect('app_worker')
  const boss = new PgBoss({
    ...(login as object),
    ...(ssl ? { ssl } : {}),
    max: 4,
    application_name: 'attend jobs',
    migrate: false,
    createSchema: false,
    schedule: false,
    supervise: options.supervise,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
  })
  boss.on('error', (error) => options.log.error({ err: error }, 'jobs'))
  await boss.start()
  return boss
}

/** Makes or updates every queue and its parking place. Run by the migration runner, as the owner. */
export async function prepareQueues(boss: PgBoss, listeners: readonly Listener[]) {
  for (const { queue } of listeners) {
    const parked = parkedQueue(queue)
    const options = { ...queueOptions, deadLetter: parked }
    if (await boss.getQueue(queue)) await boss.updateQueue(queue, options)
    else {
      await boss.createQueue(parked, { retryLimit: 0 })
      await boss.createQueue(queue, options)
    }
  }
}

export interface Worker {
  /** Takes no new work, finishes what it holds; what it cannot finish in `seconds` goes back to the queue. */
  stop(seconds?: number): Promise<void>
}

/** Works every queue and every chore until stopped. */
export async function startWorker(context: Context, boss: PgBoss, plan: Plan, log: Log): Promise<Worker> {
  for (const listener of plan.listeners) {
    // Jobs are taken and settled by the batch; each stands or falls alone.
    const taking = {
      pollingIntervalSeconds: 0.5,
      batchSize: 20,
      burstWhenBatchFull: true,
      perJobResults: true,
    } as const
    await boss.work<Fact>(listener.queue, taking, (jobs) =>
      Promise.all(jobs.map(({ id, data }) => settled(context, listener, { id, fact: data }, log))),
    )
  }
  const stopping = new AbortController()
  const chores = plan.chores.map((chore) => keepAt(context, chore, stopping.signal, log))
  return {
    async stop(seconds = 20) {
      stopping.abort()
      await Promise.all(chores)
      await boss.stop({ graceful: true, timeout: seconds * 1000 })
    },
  }
}

export interface Plan {
  readonly listeners: readonly Listener[]
  readonly chores: readonly Chore[]
}

interface Heard {
  id: string
  fact: Fact
}

/** What became of one job, as the queue wants to know it. The cause is kept by name and code: messages may quote a row. */
async function settled(context: Context, listener: Listener, { id, fact }: Heard, log: Log): Promise<JobResult> {
  try {
    await hear(context, listener, fact, log)
    return { id, status: 'completed' }
  } catch (error) {
    log.error({ err: error, queue: listener.queue, job: id }, 'job failed; it will be tried again')
    return { id, status: 'failed', output: causeOf(error) }
  }
}

const causeOf = (error: unknown) =>
  error instanceof Error
    ? {
        name: error.name,
        ...('code' in error && { code: error.code }),
        ...('cause' in error && typeof error.cause === 'string' && { cause: error.cause }),
      }
    : { name: 'unknown' }

/** One job. A refusal is an answer, not a fault: it is final. Anything else is tried again by the queue. */
export async function hear(context: Context, listener: Listener, fact: Fact, log?: Log) {
  try {
    await listener.work(context, fact)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    log?.info({ queue: listener.queue, code: error.code }, 'job refused')
  }
}

async function keepAt(context: Context, chore: Chore, stop: AbortSignal, log: Log) {
  while (!stop.aborted) {
    try {
      if (await isOurTurn(context, chore)) await chore.run(context)
    } catch (error) {
      log.error({ err: error, task: chore.task }, 'chore failed; it will be tried again')
    }
    await pause(Math.min(chore.everySeconds, context.practice ? 15 : 30) * 1000, stop)
  }
}

/** The row of the task is the turn: whoever moves it on runs it. */
async function isOurTurn(context: Context, { task, everySeconds: usual }: Chore): Promise<boolean> {
  // Where the clock is moved by hand, what is done once a day is due whenever somebody moved it.
  const everySeconds = context.practice ? Math.min(usual, 15) : usual
  const { rows } = await sql`
    insert into platform.clockwork as c (task, ran_at) values (${task}, clock_timestamp())
    on conflict (task) do update set ran_at = excluded.ran_at
    where c.ran_at < clock_timestamp() - make_interval(secs => ${everySeconds * 0.9})
    returning task`.execute(context.db.worker)
  return rows.length > 0
}

function pause(milliseconds: number, stop: AbortSignal) {
  return new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer)
      stop.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    stop.addEventListener('abort', done)
  })
}
