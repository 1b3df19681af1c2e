/** Who a SMART access token is: looked up whole on every request, so that what was ended opens nothing on the next one. */
import { sql } from 'kysely'
import { family } from '../../people/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { withinSignIn } from '../../platform/db.ts'
import { sha256 } from '../../platform/ids.ts'
import type { ConnectingRole } from '../tables.ts'
import { isOwn, stands } from './grants.ts'
import { placeOf, unseal } from './sealed.ts'

interface Found {
  model: 'AccessToken' | 'ClientCredentials'
  sealed: Buffer
  appId: string
  personId: string | null
  role: ConnectingRole | null
  patientId: string | null
  recordIds: string[]
  isForChild: boolean
}

/**
 * Gives the actor of an app's token in an organization; undefined when it opens nothing. Scopes for patients make an
 * actor of one patient (row-level security repeats it), scopes for users one of the person's role, scopes for systems a
 * program; the FHIR door holds each to its scopes.
 */
export function appActor(context: Context) {
  const { db, keys, now } = context
  return async (organizationId: string, token: string): Promise<Actor | undefined> => {
    const idHash = sha256(token)
    const { rows } = await withinSignIn(db, organizationId, (tx) =>
      sql<Found>`
      select t.model, t.sealed, a.id as app_id, g.person_id, g.role, g.patient_id, people.record_ids(t.organization_id, g.patient_id) as record_ids,
        not (${isOwn}) as is_for_child
      from fhir.provider_row t
      join fhir.app a on a.organization_id = t.organization_id and a.id = t.app_id and a.ended_at is null
      left join fhir.app_grant g on g.organization_id = t.organization_id and g.grant_hash = t.grant_hash and ${stands}
      where t.organization_id = ${organizationId} and t.model in ('AccessToken', 'ClientCredentials')
        and t.id_hash = ${idHash} and t.expires_at > ${now().toString()}::timestamptz
        and (t.model = 'ClientCredentials') = (g.id is null)`.execute(tx),
    )
    const [found] = rows
    if (!found) return undefined
    const { model, sealed, appId, personId, role, patientId, recordIds, isForChild } = found
    const { scope } = unseal(keys, placeOf(organizationId, model, idHash), sealed)
    const scopes = typeof scope === 'string' ? scope.split(' ') : []
    const app = { id: appId, scopes, ...(patientId !== null && { patientId }) }
    const id = `app:${appId}`
    if (personId === null || role === null) return { role: 'client', organizationId, id, patientIds: [], app }
    // What a parent was given may have shrunk or ended by a birthday since.
    if (role === 'patient' && patientId !== null && isForChild) {
      const base = { role, organizationId, id, patientIds: [], personId, app, actingFor: patientId }
      const given = await family.asGiven(context, base)
      return given.proxy?.scopes.includes('book') ? given : base
    }
    if (role === 'patient')
      return { role, organizationId, id, patientIds: patientId === null ? [] : recordIds, personId, app }
    return { role, organizationId, id: `person:${personId}`, patientIds: [], personId, app }
  }
}
