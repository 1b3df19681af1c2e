/**
 * Kysely on `pg`, tuned for one thing: few waits. Statements are prepared by name, and what opens a transaction
 * travels with its first query (pipelining), so that row-level security costs no round trip of its own.
 */
import {
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely'
import type pg from 'pg'

/** Prepared statements a connection keeps; past it (lists of many lengths) statements go unnamed. */
const mostNames = 1000

/** One pooled connection as Kysely sees it. */
class PgConnection implements DatabaseConnection {
  readonly client: pg.PoolClient
  readonly #names: Map<string, string>
  #ahead: Promise<unknown>[] = []

  constructor(client: pg.PoolClient, names: Map<string, string>) {
    this.client = client
    this.#names = names
  }

  /** Sends a statement without waiting; `settled` reports its failure. */
  sendAhead(text: string, values: unknown[] = []) {
    const sent = this.client.query(text, values)
    sent.catch(() => undefined)
    this.#ahead.push(sent)
  }

  /** Waits for what was sent ahead; throws the first failure. */
  async settled() {
    const ahead = this.#ahead
    this.#ahead = []
    await Promise.all(ahead)
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const sent = this.client.query<R & pg.QueryResultRow>({ ...this.#named(sql), text: sql, values: [...parameters] })
    if (this.#ahead.length > 0) {
      sent.catch(() => undefined)
      await this.settled()
    }
    const { rows, rowCount, command } = await sent
    if (command === 'SELECT') return { rows }
    return { rows, numAffectedRows: BigInt(rowCount ?? 0) }
  }

  // Asked for by Kysely's interface; nothing here streams through it.
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    yield* []
    throw new Error('queries are not streamed')
  }

  #named(sql: string) {
    const known = this.#names.get(sql)
    if (known) return { name: known }
    if (this.#names.size >= mostNames) return {}
    const name = `s${this.#names.size}`
    this.#names.set(sql, name)
    return { name }
  }
}

class PgDriver implements Driver {
  readonly #pool: pg.Pool
  readonly #names = new Map<string, string>()
  readonly #connections = new WeakMap<pg.PoolClient, PgConnection>()

  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  async init() {}

  async acquireConnection() {
    const client = await this.#pool.connect()
    let connection = this.#connections.get(client)
    if (!connection) {
      // A connection that dies while it is used fails its query; its event must not end the process as well.
      client.on('error', () => undefined)
      connection = new PgConnection(client, this.#names)
      this.#connections.set(client, connection)
    }
    return connection
  }

  async beginTransaction(connection: DatabaseConnection) {
    ours(connection).sendAhead('begin')
  }

  async commitTransaction(connection: DatabaseConnection) {
    await ours(connection).settled()
    const { command } = await ours(connection).client.query('commit')
    if (command !== 'COMMIT') throw new Error('the transaction had failed and was rolled back')
  }

  async rollbackTransaction(connection: DatabaseConnection) {
    await ours(connection)
      .settled()
      .catch(() => undefined)
    await ours(connection).client.query('rollback')
  }

  async releaseConnection(connection: DatabaseConnection) {
    ours(connection).client.release()
  }

  async destroy() {
    await this.#pool.end()
  }
}

function ours(connection: DatabaseConnection): PgConnection {
  if (!(connection instanceof PgConnection)) throw new Error('not a connection of this driver')
  return connection
}

/** The dialect for `new Kysely({ dialect })` over a pool whose clients were made with `pipeline: true`. */
export function pgDialect(pool: pg.Pool): Dialect {
  return {
    createDriver: () => new PgDriver(pool),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
  }
}
