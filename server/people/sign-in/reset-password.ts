/** A new password for whoever proved the account's own phone or email. A second factor is still asked for at sign-in. */
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { withinSignIn } from '../../platform/db.ts'
import { newId } from '../../platform/ids.ts'
import { readProof } from '../contact/proof.ts'
import { keepPassword, personalWordsOf } from '../account/set-password.ts'
import { hashPassword } from './password-hash.ts'
import { actorOf, endSessionsOf } from './sessions.ts'
import { ownerOf, useProof } from './sign-in-with-proof.ts'
import type { Visitor } from './visitor.ts'
import { refuseWeakPassword } from './weak-password.ts'

/** The same reply whether or not the contact has an account. Refuses `proof` and what a weak password refuses. */
export async function resetPassword(
  context: Context,
  visitor: Visitor,
  { proof, password }: { proof: string; password: string },
): Promise<{ reset: true }> {
  const { db } = context
  const { organizationId } = visitor
  const contact = readProof(context, organizationId, proof)
  await refuseWeakPassword(context, password, [contact.value])
  const hash = await hashPassword(password)
  await withinSignIn(db, organizationId, async (tx) => {
    await useProof(context, tx, organizationId, proof)
    const personId = await ownerOf(tx, organizationId, contact)
    if (personId === undefined) return
    await refuseWeakPassword(context, password, await personalWordsOf(tx, organizationId, personId))
    await keepPassword(context, tx, { organizationId, personId }, hash)
    await endSessionsOf(context, tx, { organizationId, personId, because: 'password_reset' })
    await audit(tx, actorOf(visitor, personId), {
      action: 'update',
      resourceType: 'Account',
      resourceId: personId,
      fields: ['password'],
      purpose: 'OPS',
    })
    await context.announce(tx, 'account.changed', {
      organizationId,
      personId,
      changeId: newId(),
      change: 'password_set',
    })
  })
  return { reset: true }
}
