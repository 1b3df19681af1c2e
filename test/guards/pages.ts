// The generated pages of docs/, for the command that writes them and the test that keeps them true.
import pg from 'pg'
import { accessPage, schemaPage } from './generated-docs.ts'
import { endpointsOf } from '../../server/platform/serve.ts'
import type { World } from '../../server/testing/world.ts'

export async function pagesOf(world: World): Promise<Record<string, string>> {
  const client = new pg.Client(world.database.superuser)
  await client.connect()
  try {
    return { 'access.md': accessPage(endpointsOf(world.app)), 'schema.md': await schemaPage(client) }
  } finally {
    await client.end()
  }
}
