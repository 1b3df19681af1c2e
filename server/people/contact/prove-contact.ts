/** Trades a one-time code for a signed proof: once, within ten minutes, in five tries. */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import { invalid } from '../../platform/errors.ts'
import { codeLimits, isSameCode } from './code.ts'
import { contactProof } from './proof.ts'
import { byCode } from './send-contact-code.ts'
import '../tables.ts'

/**
 * Gives the proof. Refuses `wrong_code` with `triesLeft`, and `code_over` for one that is used, expired, tried too
 * often or was never made: which of these it was helps only somebody who guesses.
 */
export async function proveContact(context: Context, actor: Actor, id: string, code: string): Promise<string> {
  const { db, keys, now } = context
  const { organizationId } = actor
  // What a wrong try has used up must stay used up: so it is refused after the transaction, not in it.
  const tried = await within(db, byCode(actor), async (tx) => {
    const row = await tx
      .updateTable('people.contactCode')
      .set((row) => ({ tries: row('tries', '+', 1) }))
      .where('organizationId', '=', organizationId)
      .where('id', '=', id)
      .where('tries', '<', codeLimits.tries)
      .where('expiresAt', '>', now())
      .where('provedAt', 'is', null)
      .returning(['codeHash', 'kind', 'value', 'tries'])
      .executeTakeFirst()
    if (!row) return undefined
    const isRight = isSameCode(keys, { id, hash: row.codeHash }, code)
    if (isRight)
      await tx
        .updateTable('people.contactCode')
        .set({ provedAt: now(), sealedCode: null })
        .where('organizationId', '=', organizationId)
        .where('id', '=', id)
        .execute()
    const outcome = isRight ? 'success' : 'refused'
    await audit(tx, byCode(actor), {
      action: 'execute',
      resourceType: 'ContactCode',
      resourceId: id,
      outcome,
      purpose: 'OPS',
    })
    return { isRight, row }
  })
  if (!tried)
    throw invalid('code_over', 'This code does not work any more. Ask for a new one.', { instead: 'send_again' })
  const { isRight, row } = tried
  if (!isRight)
    throw invalid('wrong_code', 'This is not the code that we sent. Look again.', {
      triesLeft: codeLimits.tries - row.tries,
    })
  return contactProof(context, organizationId, { kind: row.kind, value: row.value })
}
