/** The key that signs id_tokens: RSA for RS256, which SMART asks for; made once an organization, kept sealed. */
import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import type { JWK } from 'oidc-provider'
import type { Context } from '../../platform/context.ts'
import { withinSignIn } from '../../platform/db.ts'
import { idOf } from '../../platform/ids.ts'
import { seal, unseal } from './sealed.ts'
import '../tables.ts'

/** The private key as a JWK (RFC 7517). */
export async function signingKey({ db, keys, now }: Context, organizationId: string): Promise<JWK> {
  const id = idOf(organizationId, 'fhir signing key')
  const place = `fhir.signing_key ${organizationId} ${id}`
  const kept = () =>
    withinSignIn(db, organizationId, (tx) =>
      tx
        .selectFrom('fhir.signingKey')
        .where('organizationId', '=', organizationId)
        .where('id', '=', id)
        .select('sealed')
        .executeTakeFirst(),
    )
  const found = await kept()
  if (found) {
    const jwk = unseal(keys, place, found.sealed) as JWK
    // After a new ATTEND_SECRET it is sealed anew, so that the one before can be let go.
    if (keys.all('fhir smart rows').length > 1)
      await withinSignIn(db, organizationId, (tx) =>
        tx
          .updateTable('fhir.signingKey')
          .set({ sealed: seal(keys, place, jwk) })
          .where('organizationId', '=', organizationId)
          .where('id', '=', id)
          .execute(),
      )
    return jwk
  }
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  const jwk = { ...privateKey.export({ format: 'jwk' }), kid: id, use: 'sig', alg: 'RS256' }
  await withinSignIn(db, organizationId, (tx) =>
    tx
      .insertInto('fhir.signingKey')
      .values({ organizationId, id, sealed: seal(keys, place, jwk), madeAt: now() })
      // Another process may have made it meanwhile: the first one stays.
      .onConflict((same) => same.doNothing())
      .execute(),
  )
  const first = await kept()
  return first ? (unseal(keys, place, first.sealed) as JWK) : jwk
}
