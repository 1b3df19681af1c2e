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
import type { Duplex } from 'node:stream'
import type pg from 'pg'
import { rowsOf, type Statement } from './statement.ts'

/** Prepared statements a connection keeps; past it (lists of many lengths) statements go unnamed. */
const mostNames = 1000

type Answer<Row> = Pick<pg.QueryResultBase, 'fields' | 'rowCount' | 'command'> & { rows: Row[] }

/** One pooled connection as Kysely sees it, and as `send` does. */
export class PgConnection implements DatabaseConnection {
  readonly client: pg.PoolClient
  readonly #names: Map<string, string>
  #ahead: Promise<unknown>[] = []
  #isGathering = false

  constructor(client: pg.PoolClient, names: Map<string, string>) {
    this.client = client
    this.#names = names
  }

  /** Sends a statement without waiting; `settled` reports its failure. */
  sendAhead(text: string, values?: unknown[]) {
    this.#gather()
    const sent = this.#ask(values ? { ...this.#named(text), text, values } : { text })
    sent.catch(() => undefined)
    this.#ahead.push(sent)
  }

  /** Waits for what was sent ahead; throws the first failure. */
  async settled() {
    const ahead = this.#ahead
    this.#ahead = []
    await Promise.all(ahead)
  }

  /** Sends a statement at once, behind those whose answers are still on their way. */
  async send<Values, Row>({ text, keys }: Statement<Values, Row>, values: Values): Promise<Row[]> {
    this.#gather()
    const asked = { ...this.#named(text), text, values: keys.map((key) => values[key]), rowMode: 'array' as const }
    const { fields, rows } = await this.#answerOf(this.#ask<unknown[]>(asked))
    return rowsOf<Row>(fields, rows)
  }

  async executeQuery<R>({ sql, parameters }: Pick<CompiledQuery, 'sql' | 'parameters'>): Promise<QueryResult<R>> {
    this.#gather()
    const asked = { ...this.#named(sql), text: sql, values: [...parameters] }
    const { rows, rowCount, command } = await this.#answerOf(this.#ask<R>(asked))
    if (command === 'SELECT') return { rows }
    return { rows, numAffectedRows: BigInt(rowCount ?? 0) }
  }

  async commit() {
    await this.settled()
    const { command } = await this.#ask({ text: 'commit' })
    if (command !== 'COMMIT') throw new Error('the transaction had failed and was rolled back')
  }

  /**
   * A promise of our own: around the library's, half of every answer outlived young garbage collections, whose pauses grew
   * to 10 ms.
   */
  #ask<Row>(asked: pg.QueryConfig): Promise<Answer<Row>> {
    return new Promise((resolve, reject) => {
      this.client.query(asked, (error: Error | null, answer: unknown) => {
        if (error) reject(error)
        else resolve(answer as Answer<Row>)
      })
    })
  }

  /** If what was sent ahead failed, what came after failed only because of it. */
  async #answerOf<T>(sent: Promise<T>): Promise<T> {
    try {
      return await sent
    } catch (error) {
      await this.settled()
      // Its stack leads to the socket; here it leads to whoever asked.
      if (error instanceof Error) Error.captureStackTrace(error)
      throw error
    }
  }

  /** What is sent in one turn of the event loop leaves in one write: a write costs more than a statement. */
  #gather() {
    if (this.#isGathering) return
    this.#isGathering = true
    const { stream } = (this.client as unknown as { connection: { stream: Duplex } }).connection
    stream.cork()
    process.nextTick(() => {
      this.#isGathering = false
      stream.uncork()
    })
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
    await ours(connection).commit()
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

/** The connection behind Kysely's interface. */
export function ours(connection: DatabaseConnection): PgConnection {
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
