/** Programs that call the API: made on the command line, their token shown once, revoked at once. */
import type { Context } from '../platform/context.ts'
import { asAuthenticator } from '../platform/db.ts'
import { newId, newToken, sha256 } from '../platform/ids.ts'
import './tables.ts'

/** Makes a client of an organization; the token is given here and never again. */
export async function createApiClient({ db }: Context, organizationId: string, name: string) {
  const token = newToken('attend')
  const id = newId()
  await asAuthenticator(db, (auth) =>
    auth
      .insertInto('people.apiClient')
      .values({ id, organizationId, name, tokenHash: sha256(token) })
      .execute(),
  )
  return { id, token }
}

/** From the next request on its token opens nothing. */
export async function revokeApiClient({ db, now }: Context, organizationId: string, id: string) {
  await asAuthenticator(db, (auth) =>
    auth
      .updateTable('people.apiClient')
      .set({ revokedAt: now() })
      .where('organizationId', '=', organizationId)
      .where('id', '=', id)
      .execute(),
  )
}
