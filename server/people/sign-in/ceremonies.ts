/** Steps of a sign-in that wait for the next one: named by a secret that only this browser has, over soon, taken once. */
import { randomBytes } from 'node:crypto'
import type { Insertable, Selectable } from 'kysely'
import type { Context } from '../../platform/context.ts'
import type { Tables, Tx } from '../../platform/db.ts'
import { Refusal } from '../../platform/errors.ts'
import { newToken, sha256 } from '../../platform/ids.ts'
import './tables.ts'

export type Ceremony = Selectable<Tables['people.ceremony']>
type Kind = Ceremony['kind']

export const goodForMinutes = { passkey: 5, passkey_new: 5, second_factor: 5, totp_new: 15 } as const

/** A challenge that nobody can have signed before (WebAuthn §13.4.3): 32 random bytes, base64url. */
export const newChallenge = () => randomBytes(32).toString('base64url')

type Opened = Pick<Insertable<Tables['people.ceremony']>, 'personId' | 'challenge' | 'sealedSecret' | 'factors'>

/** Opens one; gives the token that takes it up again. */
export async function openCeremony(
  { now }: Pick<Context, 'now'>,
  tx: Tx,
  { organizationId, kind, minutes }: { organizationId: string; kind: Kind; minutes: number },
  opened: Partial<Opened> = {},
): Promise<string> {
  const token = newToken('step')
  const at = now()
  await tx
    .insertInto('people.ceremony')
    .values({
      organizationId,
      kind,
      tokenHash: sha256(token),
      createdAt: at,
      expiresAt: at.add({ minutes }),
      ...opened,
    })
    .execute()
  return token
}

interface Named {
  organizationId: string
  kind: Kind
  token: string
}

/** One that is still open, without ending it. Refuses `step_over` when it is used, too old, or was never there. */
export async function readCeremony({ now }: Pick<Context, 'now'>, tx: Tx, named: Named): Promise<Ceremony> {
  const found = await tx
    .selectFrom('people.ceremony')
    .where('organizationId', '=', named.organizationId)
    .where('tokenHash', '=', sha256(named.token))
    .where('kind', '=', named.kind)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now())
    .selectAll()
    .executeTakeFirst()
  if (!found) throw stepOver()
  return found
}

/** Takes one up and ends it: of two who come with the same token, one gets it. Refuses `step_over`. */
export async function takeCeremony({ now }: Pick<Context, 'now'>, tx: Tx, named: Named): Promise<Ceremony> {
  const taken = await tx
    .updateTable('people.ceremony')
    .set({ usedAt: now() })
    .where('organizationId', '=', named.organizationId)
    .where('tokenHash', '=', sha256(named.token))
    .where('kind', '=', named.kind)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now())
    .returningAll()
    .executeTakeFirst()
  if (!taken) throw stepOver()
  return taken
}

const stepOver = () =>
  new Refusal(422, 'step_over', 'Too much time has passed, or this was done already. Start again.', {
    instead: 'start_again',
  })
