/** The limit of an answer on this machine: bare Fastify, one connection pool, one keyed prepared SELECT, its text sent. */
import Fastify from 'fastify'
import pg from 'pg'

export interface LimitSays {
  port: number
}

if (process.send) process.once('message', (setUp: { connection: pg.ClientConfig }) => void open(setUp))

async function open({ connection }: { connection: pg.ClientConfig }) {
  const pool = new pg.Pool({ ...connection, max: 10 })
  const http = Fastify()
  http.get<{ Params: { id: string } }>('/:id', async ({ params }, reply) => {
    const { rows } = await pool.query<{ body: string }>({
      name: 'keyed',
      text: 'select body from bench.keyed where id = $1',
      values: [params.id],
    })
    return reply.type('application/json').send(rows[0]?.body)
  })
  await http.listen({ host: '127.0.0.1', port: 0 })
  const address = http.server.address()
  const close = async () => {
    await http.close()
    await pool.end()
    process.exit(0)
  }
  process.once('SIGTERM', () => void close())
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 } satisfies LimitSays)
}
