/** Signs a patient in who proved a phone or email, and opens an account for a contact that has none: both look the same. */
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { withinSignIn, type Tx } from '../../platform/db.ts'
import { conflict, invalid } from '../../platform/errors.ts'
import { newId, sha256 } from '../../platform/ids.ts'
import type { Contact } from '../contact/address.ts'
import { readProof } from '../contact/proof.ts'
import { finishSignIn, type Finished } from './finish-sign-in.ts'
import { actorOf } from './sessions.ts'
import type { Visitor } from './visitor.ts'
import './tables.ts'

/** Refuses `proof` for one that is too old or was used to sign in before, and what finishing refuses. */
export async function signInWithProof(
  context: Context,
  visitor: Visitor,
  { proof, language = 'en' }: { proof: string; language?: string },
): Promise<Finished> {
  const { organizationId } = visitor
  const contact = readProof(context, organizationId, proof)
  return withinSignIn(context.db, organizationId, async (tx) => {
    await useProof(context, tx, organizationId, proof)
    const personId =
      (await ownerOf(tx, organizationId, contact)) ?? (await openAccount(context, tx, visitor, { contact, language }))
    return finishSignIn(context, tx, visitor, { personId, factors: ['code'] })
  })
}

/** A proof signs in, resets or unlocks once, however long it is good for elsewhere. Refuses `proof`. */
export async function useProof({ now }: Pick<Context, 'now'>, tx: Tx, organizationId: string, proof: string) {
  const at = now()
  const first = await tx
    .insertInto('people.ceremony')
    .values({
      organizationId,
      kind: 'contact_proof',
      tokenHash: sha256(proof),
      createdAt: at,
      expiresAt: at.add({ hours: 1 }),
      usedAt: at,
    })
    .onConflict((same) => same.columns(['organizationId', 'tokenHash']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!first) throw invalid('proof', 'This code was used already. Ask for a new one.', { instead: 'prove_contact' })
}

/** Whose account this contact names. */
export async function ownerOf(tx: Tx, organizationId: string, { kind, value }: Contact): Promise<string | undefined> {
  const found = await tx
    .selectFrom('people.loginName')
    .where('organizationId', '=', organizationId)
    .where('kind', '=', kind)
    .where('value', '=', value)
    .select('personId')
    .executeTakeFirst()
  return found?.personId
}

async function openAccount(
  { now }: Context,
  tx: Tx,
  visitor: Visitor,
  { contact, language }: { contact: Contact; language: string },
): Promise<string> {
  const { organizationId } = visitor
  const personId = newId()
  await tx
    .insertInto('people.person')
    .values({ organizationId, id: personId, name: null, language, createdAt: now() })
    .execute()
  const named = await tx
    .insertInto('people.loginName')
    .values({ organizationId, ...contact, personId, verifiedAt: now() })
    .onConflict((same) => same.doNothing())
    .returning('personId')
    .executeTakeFirst()
  // Two who opened it in the same moment: the second finds it there when they try again.
  if (!named) throw conflict('try_again', 'Please try again.')
  await audit(tx, actorOf(visitor, personId, 'patient'), {
    action: 'create',
    resourceType: 'Account',
    resourceId: personId,
    purpose: 'OPS',
  })
  return personId
}
