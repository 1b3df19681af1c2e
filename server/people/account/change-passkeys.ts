/** Adds and removes passkeys of the own account. */
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { withinSignIn, type Tx } from '../../platform/db.ts'
import { notFound } from '../../platform/errors.ts'
import type { NewPasskey } from '../sign-in/contract.ts'
import { askForNewPasskey, keepPasskey, readNewPasskey } from '../sign-in/passkeys.ts'
import { keepTwoFactors } from './last-way-in.ts'
import { changeAccount, requireFreshProof, type Owner } from './own-account.ts'

/** Refuses `prove_again`. */
export async function startPasskey(context: Context, actor: Actor) {
  const { organizationId, personId } = requireFreshProof(context, actor)
  const label = await withinSignIn(context.db, organizationId, (tx) => accountLabel(tx, { organizationId, personId }))
  return askForNewPasskey(context, organizationId, { personId, label })
}

/** What a person sees in the list of their passkeys: the contact they sign in with. */
async function accountLabel(tx: Tx, { organizationId, personId }: Owner): Promise<string> {
  const login = await tx
    .selectFrom('people.loginName')
    .where('organizationId', '=', organizationId)
    .where('personId', '=', personId)
    .select('value')
    .orderBy('kind')
    .limit(1)
    .executeTakeFirst()
  return login?.value ?? 'Attend'
}

/** Refuses `prove_again`, `step_over`, `passkey_unfit`, `passkey_known`. */
export async function addPasskey(
  context: Context,
  actor: Actor,
  { step, answer, label }: { step: string; answer: NewPasskey; label: string },
): Promise<string> {
  const owner = requireFreshProof(context, actor)
  const made = await readNewPasskey(context, owner, { step, answer })
  return changeAccount(context, actor, { change: 'passkey_added', action: 'create' }, (tx) =>
    keepPasskey(context, tx, owner, { ...made, label: label.trim() }),
  )
}

/** Refuses `prove_again`, `not_found`, and `last_way_in` for staff. */
export async function removePasskey(context: Context, actor: Actor, id: string) {
  await changeAccount(context, actor, { change: 'passkey_removed', action: 'delete' }, async (tx, owner) => {
    const removed = await tx
      .updateTable('people.passkey')
      .set({ removedAt: context.now() })
      .where('organizationId', '=', owner.organizationId)
      .where('personId', '=', owner.personId)
      .where('id', '=', id)
      .where('removedAt', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (!removed) throw notFound('passkey')
    await keepTwoFactors(tx, owner)
  })
}
