/** The database as a slice sees it: one pool a role, and `within`, the only way to touch a row. */
import { CamelCasePlugin, Kysely, type Transaction } from 'kysely'
import pg from 'pg'
import type { Actor, Role } from './actor.ts'
import { ours, pgDialect, type PgConnection } from './pg-dialect.ts'
import type { Statement } from './statement.ts'

/** Each slice declares its own tables here by declaration merging; the platform knows none but its own. */
export interface Tables {}

export type Db = Kysely<Tables>
export type Tx = Transaction<Tables>

const poolNames = ['public', 'portal', 'staff', 'worker', 'auth'] as const
export type PoolName = (typeof poolNames)[number]
/** A pool a database role: what one door can reach, a hole in another cannot. */
export type Pools = Readonly<Record<PoolName, Db>>

const poolOf: Record<Role, PoolName> = {
  anyone: 'public',
  guest: 'portal',
  patient: 'portal',
  front_desk: 'staff',
  scheduler: 'staff',
  nurse: 'staff',
  clinician: 'staff',
  biller: 'staff',
  quality_manager: 'staff',
  practice_admin: 'staff',
  auditor: 'staff',
  client: 'staff',
  system: 'worker',
}

/** How to reach the database as one of its login roles. */
export type Connect = (login: `app_${PoolName}`) => pg.ClientConfig

/** Opens the five pools. `size` is the most connections of each; idle ones close by themselves. */
export function openPools(connect: Connect, size: Partial<Record<PoolName, number>> = {}): Pools {
  const open = (name: PoolName) => {
    const pool = new pg.Pool({
      ...connect(`app_${name}`),
      types,
      pipeline: true,
      max: size[name] ?? 10,
      idleTimeoutMillis: 30_000,
      connectionTimeoutMillis: 10_000,
      statement_timeout: 30_000,
      idle_in_transaction_session_timeout: 30_000,
      application_name: `attend ${name}`,
      // Doors ask the same keyed questions over and over: planning each anew costs more than the work.
      ...(name !== 'worker' && {
        options: '-c plan_cache_mode=force_generic_plan',
      }),
    })
    // An idle connection that the database ends is replaced on next use; it must not end the process.
    pool.on('error', () => undefined)
    return new Kysely<Tables>({
      dialect: pgDialect(pool),
      plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
    })
  }
  return Object.fromEntries(poolNames.map((name) => [name, open(name)])) as Record<PoolName, Db>
}

export async function closePools(pools: Pools) {
  await Promise.all(poolNames.map((name) => pools[name].destroy()))
}

/**
 * Runs `work` in one transaction as this actor: in the pool of the actor's role, with row-level security told which
 * organization and, for a patient, whose rows. Everything `work` does becomes true together or not at all.
 */
export function within<T>(pools: Pools, actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
  return transaction(pools[poolOf[actor.role]], actor, work)
}

/**
 * What sign-in does with credentials, in one transaction of the role that may read nothing else, and of one organization.
 * `within` is for everything after that.
 */
export function withinSignIn<T>(pools: Pools, organizationId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return transaction(pools.auth, { organizationId, patientIds: [] }, work)
}

type Wall = Pick<Actor, 'organizationId' | 'patientIds'>

function transaction<T>(pool: Db, { organizationId, patientIds }: Wall, work: (tx: Tx) => Promise<T>): Promise<T> {
  return pool.transaction().execute(async (tx) => {
    const connection = await tx.getExecutor().provideConnection(async (own) => ours(own))
    connection.sendAhead(whoActs, [organizationId, `{${patientIds.join(',')}}`])
    underway.set(tx, connection)
    try {
      return await work(tx)
    } finally {
      underway.delete(tx)
    }
  })
}

const whoActs = `select set_config('app.organization_id', $1, true), set_config('app.patient_ids', $2, true)`
const underway = new WeakMap<Tx, PgConnection>()

/**
 * Runs a written-out statement in the caller's transaction. It is sent when this is called, even while others are under
 * way: PostgreSQL works them in the order they were sent, and their waits become one (`together`).
 */
export async function send<Values, Row>(tx: Tx, statement: Statement<Values, Row>, values: Values): Promise<Row[]> {
  return connectionOf(tx).send(statement, values)
}

/** The same for a text of somebody else's, the job library's; columns keep their names. */
export async function sendText(tx: Tx, text: string, values: readonly unknown[]): Promise<object[]> {
  const { rows } = await connectionOf(tx).executeQuery<object>({ sql: text, parameters: values })
  return rows
}

/**
 * Waits for everything that was sent together, then throws the first failure: nothing of a transaction may still be on
 * its way when it ends, as with `Promise.all` it could.
 */
export async function together<P extends readonly Promise<unknown>[] | []>(
  sent: P,
): Promise<{ -readonly [K in keyof P]: Awaited<P[K]> }> {
  await Promise.allSettled<unknown>(sent)
  return Promise.all(sent)
}

function connectionOf(tx: Tx): PgConnection {
  const connection = underway.get(tx)
  if (!connection) throw new Error('the transaction is over')
  return connection
}

/** Credentials are looked up before there is an actor: only by the role that can read nothing else. */
export function asAuthenticator<T>(pools: Pools, work: (db: Db) => Promise<T>): Promise<T> {
  return work(pools.auth)
}

// How column types come back and go in: Temporal for time, numbers for int8 (ids are uuid; counts fit). In our own pools
// only: the job library keeps connections of its own, and expects the driver's ordinary types.
const { TIMESTAMPTZ, DATE, INT8 } = pg.types.builtins
const parsers = new Map<number, (text: string) => unknown>([
  [TIMESTAMPTZ, (text) => Temporal.Instant.from(text.replace(' ', 'T'))],
  [DATE, (text) => Temporal.PlainDate.from(text)],
  [INT8, Number],
])
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    parsers.get(oid) ?? pg.types.getTypeParser(oid, format ?? 'text')) as pg.CustomTypesConfig['getTypeParser'],
}

for (const kind of [Temporal.Instant, Temporal.PlainDate]) {
  // `pg` asks a value for its own database form by this name.
  Object.defineProperty(kind.prototype, 'toPostgres', {
    value(this: Temporal.Instant | Temporal.PlainDate) {
      return this.toString()
    },
  })
}
