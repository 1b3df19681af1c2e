/** After a new ATTEND_SECRET: what apps show codes for is sealed anew, so that the secret before can be let go. */
import type { Context } from '../../platform/context.ts'
import { withinSignIn } from '../../platform/db.ts'
import type { Chore } from '../../platform/events.ts'
import { listOrganizations } from '../organization.ts'
import { isSealedBefore, seal, unseal } from './sealed.ts'
import { totpPlace } from './totp.ts'
import './tables.ts'

export const resealChore: Chore = {
  task: 'people.reseal-secrets',
  everySeconds: 600,
  async run(context) {
    if (context.keys.all('sign-in secrets').length === 1) return
    for (const { id } of await listOrganizations(context.db.worker)) await resealOf(context, id)
  },
}

async function resealOf({ db, keys }: Context, organizationId: string) {
  await withinSignIn(db, organizationId, async (tx) => {
    const rows = await tx
      .selectFrom('people.totp')
      .where('organizationId', '=', organizationId)
      .select(['personId', 'sealedSecret'])
      .forUpdate()
      .execute()
    for (const { personId, sealedSecret } of rows) {
      const place = totpPlace(organizationId, personId)
      if (!isSealedBefore(keys, place, sealedSecret)) continue
      await tx
        .updateTable('people.totp')
        .set({ sealedSecret: seal(keys, place, unseal(keys, place, sealedSecret)) })
        .where('organizationId', '=', organizationId)
        .where('personId', '=', personId)
        .execute()
    }
  })
}
