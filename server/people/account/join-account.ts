/** Writes that an account opens a record. In the product's role, which has checked whose record it is. */
import type { Context } from '../../platform/context.ts'
import type { Tx } from '../../platform/db.ts'
import '../sign-in/tables.ts'

interface Joined {
  organizationId: string
  personId: string
  patientId: string
  basis: 'invitation' | 'proof' | 'new'
}

/** Joined twice is joined. One that was ended stays ended: a person has to decide that anew. */
export async function joinAccount({ now }: Pick<Context, 'now'>, tx: Tx, joined: Joined) {
  await tx
    .insertInto('people.patientAccount')
    .values({ ...joined, joinedAt: now() })
    .onConflict((same) => same.columns(['organizationId', 'personId', 'patientId']).doNothing())
    .execute()
}
