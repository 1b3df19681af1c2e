/** Facts that no imported directory carries: a clinician's own words, how to find the door. */
import type { Tx } from '../platform/db.ts'
import type { Spoken } from '../platform/endpoint.ts'
import './tables.ts'

export async function describeClinician(
  tx: Tx,
  organizationId: string,
  id: string,
  facts: { statement: Spoken<string> },
) {
  await tx
    .updateTable('directory.practitioner')
    .set(facts)
    .where('organizationId', '=', organizationId)
    .where('id', '=', id)
    .execute()
}

export async function describePlace(tx: Tx, organizationId: string, id: string, facts: { directions: Spoken<string> }) {
  await tx
    .updateTable('directory.location')
    .set(facts)
    .where('organizationId', '=', organizationId)
    .where('id', '=', id)
    .execute()
}
