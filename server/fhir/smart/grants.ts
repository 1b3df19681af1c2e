/** What somebody let an app do: found by its token or its person, ended by whoever gave it. */
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { withinSignIn, type Tx } from '../../platform/db.ts'
import type { Reply } from '../../platform/endpoint.ts'
import { forbidden, notFound } from '../../platform/errors.ts'
import { sha256 } from '../../platform/ids.ts'
import type { listConnectedApps } from './contract.ts'
import { endGrants } from './end-grants.ts'
import { scopeWords } from './scope-words.ts'
import '../tables.ts'

/** The person behind an account, or a refusal. */
export function personOf(actor: Actor): string {
  if (actor.personId === undefined) throw forbidden()
  return actor.personId
}

/** A grant that holds: not ended, of a person who still is what they were when they gave it. */
export async function standingGrant(tx: Tx, organizationId: string, grantId: string) {
  const { rows } = await sql<Granted>`
    select g.id, g.person_id, g.role, g.patient_id, ${isOwn} as is_own from fhir.app_grant g
    where g.organization_id = ${organizationId} and g.grant_hash = ${sha256(grantId)} and ${stands}`.execute(tx)
  return rows[0]
}

interface Granted {
  id: string
  personId: string
  role: string
  patientId: string | null
  /** The patient is the person, rather than a child of theirs. */
  isOwn: boolean
}

/** For `fhir.app_grant g`: the person's account opens that record. */
export const isOwn = sql`exists (select from people.patient_account a where a.organization_id = g.organization_id
  and a.person_id = g.person_id and a.patient_id = g.patient_id and a.ended_at is null)`

/** For `fhir.app_grant g`: still given, and its person still is who they were. */
export const stands = sql`
  g.ended_at is null
  and exists (select from people.person p where p.organization_id = g.organization_id and p.id = g.person_id and p.ended_at is null)
  and (g.session_id is null or exists (select from people.session s where s.organization_id = g.organization_id
    and s.id = g.session_id and s.ended_at is null))
  and case when g.role = 'patient'
    then g.patient_id is null or ${isOwn} or exists (select from people.proxy_grant x where x.organization_id = g.organization_id and x.person_id = g.person_id
        and x.patient_id = g.patient_id and x.basis in ('parent', 'guardian') and x.ended_at is null
        and not exists (select from people.proxy_grant k where k.organization_id = x.organization_id and k.person_id = x.person_id
          and k.blocked_at is not null and k.patient_id = any(people.record_ids(x.organization_id, x.patient_id))))
    else exists (select from people.staff_role r where r.organization_id = g.organization_id and r.person_id = g.person_id
      and r.role = g.role and r.ended_at is null) end`

/** The records that a person's own account opens. */
export async function ownPatientIds(tx: Tx, organizationId: string, personId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('people.patientAccount')
    .where('organizationId', '=', organizationId)
    .where('personId', '=', personId)
    .where('endedAt', 'is', null)
    .select('patientId')
    .execute()
  return rows.map(({ patientId }) => patientId)
}

/** The apps that this person let in, newest first. */
export async function connectedApps({ db }: Context, actor: Actor): Promise<Reply<typeof listConnectedApps>> {
  const { organizationId } = actor
  const asked = actor.role === 'patient' ? 'patient' : 'staff'
  const rows = await withinSignIn(db, organizationId, (tx) =>
    tx
      .selectFrom('fhir.appGrant as g')
      .innerJoin('fhir.app as a', (join) =>
        join.onRef('a.organizationId', '=', 'g.organizationId').onRef('a.id', '=', 'g.appId'),
      )
      .where('g.organizationId', '=', organizationId)
      .where('g.personId', '=', personOf(actor))
      .where('g.endedAt', 'is', null)
      .select(['a.id', 'a.name', 'g.givenAt', 'g.scopes'])
      .orderBy('g.givenAt', 'desc')
      .execute(),
  )
  return {
    apps: [...Map.groupBy(rows, ({ id }) => id).entries()].map(([id, given]) => ({
      id,
      name: given[0]?.name ?? '',
      since: given.at(-1)?.givenAt.toString() ?? '',
      may: [...new Set(given.flatMap(({ scopes }) => scopes))].flatMap((scope) => {
        const words = scopeWords(scope, asked)
        return words ? [{ scope, words }] : []
      }),
    })),
  }
}

/** Ends an app's access for this person: from the next request its tokens open nothing. */
export async function disconnectApp(context: Context, actor: Actor, appId: string): Promise<{ ended: boolean }> {
  const { organizationId } = actor
  return withinSignIn(context.db, organizationId, async (tx) => {
    const personId = personOf(actor)
    const ended = await endGrants(context, tx, organizationId, { appId, personId, endedBy: `person:${personId}` })
    if (ended === 0) throw notFound('app')
    await audit(tx, actor, { action: 'delete', resourceType: 'AppGrant', resourceId: appId })
    return { ended: true }
  })
}
