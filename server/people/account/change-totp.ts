/** Turns an authenticator app on and off, and makes recovery codes. */
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { withinSignIn } from '../../platform/db.ts'
import { invalid } from '../../platform/errors.ts'
import { readOrganization } from '../organization.ts'
import { goodForMinutes, openCeremony, takeCeremony } from '../sign-in/ceremonies.ts'
import { makeRecoveryCodes as makeCodes } from '../sign-in/recovery-codes.ts'
import { seal, unseal } from '../sign-in/sealed.ts'
import { keepTotp, newTotpSecret, stepOf, totpPlace, totpSetUp } from '../sign-in/totp.ts'
import { keepTwoFactors } from './last-way-in.ts'
import { changeAccount, requireFreshProof, type Owner } from './own-account.ts'

/** A new secret that waits for its first code. Refuses `prove_again`. */
export const startTotp = (context: Context, actor: Actor, label: string) =>
  offerTotp(context, requireFreshProof(context, actor), label)

/** A new secret for somebody who may have one. */
export async function offerTotp(context: Context, { organizationId, personId }: Owner, label: string) {
  const secret = newTotpSecret()
  return withinSignIn(context.db, organizationId, async (tx) => {
    const { name } = await readOrganization(tx, organizationId)
    const sealedSecret = seal(context.keys, totpPlace(organizationId, personId), secret)
    const minutes = goodForMinutes.totp_new
    const step = await openCeremony(
      context,
      tx,
      { organizationId, kind: 'totp_new', minutes },
      { personId, sealedSecret },
    )
    return { step, ...totpSetUp(secret, name, label) }
  })
}

/**
 * The secret and the step that a first code proves; the offer is used up, right or wrong. Refuses `wrong_code` and
 * `step_over`.
 */
export async function confirmTotp(
  context: Context,
  { organizationId, personId }: Owner,
  { step, code }: { step: string; code: string },
) {
  const offer = await withinSignIn(context.db, organizationId, (tx) =>
    takeCeremony(context, tx, { organizationId, kind: 'totp_new', token: step }),
  )
  if (offer.personId !== personId || !offer.sealedSecret) throw wrongCode()
  const secret = unseal(context.keys, totpPlace(organizationId, personId), offer.sealedSecret)
  const at = stepOf(secret, code, context.now())
  if (at === undefined) throw wrongCode()
  return { secret, step: at }
}

const wrongCode = () =>
  invalid('wrong_code', 'This code is not right. Start again, and look at the clock of your phone.')

/** Refuses `prove_again`, `wrong_code`, `step_over`. */
export async function setTotp(context: Context, actor: Actor, given: { step: string; code: string }) {
  const owner = requireFreshProof(context, actor)
  const confirmed = await confirmTotp(context, owner, given)
  await changeAccount(context, actor, { change: 'totp_set', action: 'create' }, (tx) =>
    keepTotp(context, tx, owner, confirmed),
  )
}

/** Refuses `prove_again`, and `last_way_in` for staff. */
export async function removeTotp(context: Context, actor: Actor) {
  await changeAccount(context, actor, { change: 'totp_removed', action: 'delete' }, async (tx, owner) => {
    await tx
      .deleteFrom('people.totp')
      .where('organizationId', '=', owner.organizationId)
      .where('personId', '=', owner.personId)
      .execute()
    await keepTwoFactors(tx, owner)
  })
}

/** Ten new ones, told here and never again. Refuses `prove_again`. */
export const makeRecoveryCodes = (context: Context, actor: Actor): Promise<string[]> =>
  changeAccount(context, actor, { change: 'codes_made', action: 'create' }, (tx, owner) =>
    makeCodes(context, tx, owner),
  )
