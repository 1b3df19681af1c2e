/** Sessions of the demo's staff: made by one press, ended on the server, refused in production. */
import type { Actor } from '../platform/actor.ts'
import { audit } from '../platform/audit.ts'
import type { Context } from '../platform/context.ts'
import { asAuthenticator, within } from '../platform/db.ts'
import { Refusal } from '../platform/errors.ts'
import { idOf, newId, newToken, sha256 } from '../platform/ids.ts'
import './tables.ts'

const demoPerson = { name: 'Rui Santos', role: 'front_desk' } as const

/** Signs in the demo's receptionist; gives the token for the cookie. Refuses `demo_only` in production. */
export async function signInDemo({ db, now, config }: Context, { organizationId, requestId }: Actor) {
  if (config.production)
    throw new Refusal(403, 'demo_only', 'This sign-in is for trying Attend out. Ask for your own account.')
  const id = newId()
  const token = newToken('attend_session')
  const personId = idOf(organizationId, 'demo person', demoPerson.name)
  const staff: Actor = {
    role: demoPerson.role,
    organizationId,
    id: `person:${personId}`,
    patientIds: [],
    ...(requestId !== undefined && { requestId }),
  }
  await within(db, staff, (tx) =>
    audit(tx, staff, { action: 'create', resourceType: 'Session', resourceId: id, purpose: 'OPS' }),
  )
  await asAuthenticator(db, (auth) =>
    auth
      .insertInto('people.session')
      .values({
        organizationId,
        id,
        tokenHash: sha256(token),
        personId,
        personName: demoPerson.name,
        role: demoPerson.role,
        demo: true,
        createdAt: now(),
        seenAt: now(),
      })
      .execute(),
  )
  return { token, ...demoPerson }
}

/** The name of whoever this token signs in; the caller has been let in by it already. */
export async function readSessionName({ db }: Context, token: string): Promise<string | null> {
  const found = await asAuthenticator(db, (auth) =>
    auth
      .selectFrom('people.session')
      .select('personName')
      .where('tokenHash', '=', sha256(token))
      .where('endedAt', 'is', null)
      .executeTakeFirst(),
  )
  return found?.personName ?? null
}

/** Ends the session on the server, so that a copy of the cookie opens nothing; says whether there was one. */
export async function endSession({ db, now }: Context, token: string): Promise<boolean> {
  const ended = await asAuthenticator(db, (auth) =>
    auth
      .updateTable('people.session')
      .set({ endedAt: now() })
      .where('tokenHash', '=', sha256(token))
      .where('endedAt', 'is', null)
      .returning('id')
      .executeTakeFirst(),
  )
  return ended !== undefined
}
