/** New keys with no downtime: what is new uses them at once, what is old stays readable and is wrapped anew in the background. */
import { system } from '../actor.ts'
import type { Context } from '../context.ts'
import { within, type Tx } from '../db.ts'
import type { Chore } from '../events.ts'
import '../tables.ts'
import { addOrganizationKey, organizationKey, rewrapOrganizationKey, wordsOfPatientKey } from './keys-of.ts'
import { openWith, sealWith } from './sealing.ts'

/** Patients' keys wrapped anew in one transaction. */
const batch = 500

/** A new key of this organization, and the old ones on the list to be wrapped anew. Gives the version. */
export async function rotateKeys(context: Context, organizationId: string): Promise<number> {
  return within(context.db, system(organizationId, 'keys'), async (tx) => {
    const { version } = await organizationKey(context, tx, { organizationId, use: 'wrap' })
    await addOrganizationKey(context, tx, { organizationId, use: 'wrap', version: version + 1 })
    const askedAt = context.now()
    await tx
      .insertInto('platform.keyRotation')
      .values({ organizationId, askedAt })
      .onConflict((same) => same.column('organizationId').doUpdateSet({ askedAt }))
      .execute()
    return version + 1
  })
}

/** Brings every key of the organizations on the list under the newest one. */
export const rewrapChore: Chore = {
  task: 'platform.rewrap-keys',
  everySeconds: 60,
  async run(context) {
    const waiting = await context.db.worker.selectFrom('platform.keyRotation').selectAll().execute()
    for (const { organizationId, askedAt } of waiting) {
      while ((await rewrapNext(context, organizationId)) > 0);
      // A rotation asked for meanwhile stays on the list.
      await context.db.worker
        .deleteFrom('platform.keyRotation')
        .where('organizationId', '=', organizationId)
        .where('askedAt', '=', askedAt)
        .execute()
    }
  },
}

/** A batch of an organization's work; gives how many keys it wrapped anew. */
export async function rewrapNext(context: Context, organizationId: string): Promise<number> {
  return within(context.db, system(organizationId, 'keys'), async (tx) => {
    const rows = await tx
      .selectFrom('platform.dataKey')
      .where('organizationId', '=', organizationId)
      .selectAll()
      .orderBy('version')
      .execute()
    let done = 0
    for (const row of rows)
      if (await context.keyProvider.isOld(row.wrappedBy)) {
        await rewrapOrganizationKey(context, tx, row)
        done++
      }
    const newest = rows.findLast(({ use }) => use === 'wrap')?.version
    if (newest === undefined) return done
    return done + (await rewrapPatients(context, tx, organizationId, newest))
  })
}

async function rewrapPatients(context: Context, tx: Tx, organizationId: string, newest: number): Promise<number> {
  const rows = await tx
    .selectFrom('platform.patientKey')
    .where('organizationId', '=', organizationId)
    .where('wrappedWith', '<', newest)
    .where('wrapped', 'is not', null)
    .selectAll()
    .limit(batch)
    .forUpdate()
    .execute()
  const { key: wrapping } = await organizationKey(context, tx, { organizationId, use: 'wrap', version: newest })
  for (const { patientId, version, wrapped, wrappedWith } of rows) {
    if (!wrapped) continue
    const { key: before } = await organizationKey(context, tx, { organizationId, use: 'wrap', version: wrappedWith })
    const words = wordsOfPatientKey(organizationId, patientId, version)
    await tx
      .updateTable('platform.patientKey')
      .set({ wrapped: sealWith(wrapping, newest, words, openWith(before, words, wrapped)), wrappedWith: newest })
      .where('organizationId', '=', organizationId)
      .where('patientId', '=', patientId)
      .where('version', '=', version)
      .execute()
  }
  return rows.length
}
