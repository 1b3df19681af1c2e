/** Staff are never left without two factors: whoever would be, does not get the change. */
import type { Tx } from '../../platform/db.ts'
import { conflict } from '../../platform/errors.ts'
import { readStanding } from '../sign-in/finish-sign-in.ts'
import type { Owner } from './own-account.ts'

/** After the change, in its transaction. Refuses `last_way_in`. */
export async function keepTwoFactors(tx: Tx, { organizationId, personId }: Owner) {
  const { staffRoles, hasPassword, hasTotp } = await readStanding(tx, organizationId, personId)
  if (staffRoles.length === 0 || (hasPassword && hasTotp)) return
  const passkey = await tx
    .selectFrom('people.passkey')
    .where('organizationId', '=', organizationId)
    .where('personId', '=', personId)
    .where('removedAt', 'is', null)
    .select('id')
    .limit(1)
    .executeTakeFirst()
  if (!passkey)
    throw conflict('last_way_in', 'This is your last way to sign in with two factors. Add another one first.')
}
