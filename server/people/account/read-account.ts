/** The own account as its page shows it: ways to sign in, never a secret. */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { withinSignIn } from '../../platform/db.ts'
import type { Reply } from '../../platform/endpoint.ts'
import { readStanding } from '../sign-in/finish-sign-in.ts'
import { rolesOf } from '../sign-in/switch-role.ts'
import type { readAccount as contract } from './contract.ts'
import { ownerOf, provedUntil } from './own-account.ts'

export async function readAccount({ db }: Context, actor: Actor): Promise<Reply<typeof contract>> {
  const { organizationId, personId } = ownerOf(actor)
  return withinSignIn(db, organizationId, async (tx) => {
    const { person, hasPassword, hasTotp } = await readStanding(tx, organizationId, personId)
    const contacts = await tx
      .selectFrom('people.loginName')
      .where('organizationId', '=', organizationId)
      .where('personId', '=', personId)
      .select(['kind', 'value'])
      .orderBy('kind')
      .orderBy('value')
      .execute()
    const passkeys = await tx
      .selectFrom('people.passkey')
      .where('organizationId', '=', organizationId)
      .where('personId', '=', personId)
      .where('removedAt', 'is', null)
      .select(['id', 'label', 'createdAt', 'usedAt', 'backedUp'])
      .orderBy('createdAt')
      .execute()
    const { left } = await tx
      .selectFrom('people.recoveryCode')
      .where('organizationId', '=', organizationId)
      .where('personId', '=', personId)
      .where('usedAt', 'is', null)
      .select((of) => of.fn.countAll<number>().as('left'))
      .executeTakeFirstOrThrow()
    await audit(tx, actor, { action: 'read', resourceType: 'Account', resourceId: personId, purpose: 'OPS' })
    return {
      name: person?.name ?? null,
      contacts,
      passkeys: passkeys.map(({ createdAt, usedAt, ...rest }) => ({
        ...rest,
        createdAt: createdAt.toString(),
        usedAt: usedAt?.toString() ?? null,
      })),
      password: hasPassword,
      totp: hasTotp,
      recoveryCodesLeft: left,
      roles: await rolesOf(tx, organizationId, personId),
      provedUntil: provedUntil(actor).toString(),
    }
  })
}
