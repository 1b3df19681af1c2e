/** The trail: who did what to whose record, written in the transaction that did it. No audit row, no health information. */
import { sql } from 'kysely'
import type { Actor } from './actor.ts'
import type { Tx } from './db.ts'
import { newId } from './ids.ts'
import './tables.ts'

export type Purpose = 'TREAT' | 'PAY' | 'OPS' | 'PATIENT-REQUEST' | 'BREAK-GLASS'

export interface Deed {
  action: 'create' | 'read' | 'update' | 'delete' | 'search' | 'execute'
  /** A FHIR resource type where there is one: Patient, Appointment ... */
  resourceType: string
  resourceId?: string | undefined
  patientId?: string | undefined
  /** Names of the fields touched, never their values. */
  fields?: readonly string[]
  purpose?: Purpose
  outcome?: 'success' | 'refused'
}

/** Writes one audit row, and its place in the sealer's queue, in one statement. */
export async function audit(tx: Tx, actor: Actor, deed: Deed) {
  await auditAll(tx, actor, [deed])
}

/** The same for a list that was read: a row each. */
export async function auditAll(tx: Tx, actor: Actor, deeds: readonly Deed[]) {
  if (deeds.length === 0) return
  const rows = deeds.map((deed) => auditRow(actor, deed))
  await sql`
    with event as (
      insert into platform.audit_event
        (organization_id, id, actor_kind, actor_id, action, resource_type, resource_id, patient_id, fields, outcome, purpose, request_id)
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as e(organization_id uuid, id uuid, actor_kind text,
        actor_id text, action text, resource_type text, resource_id text, patient_id uuid, fields text[], outcome text,
        purpose text, request_id text)
    )
    insert into platform.audit_unsealed (organization_id, event_id)
    select organization_id, id from json_to_recordset(${JSON.stringify(rows.map(({ organization_id, id }) => ({ organization_id, id })))}::json)
      as e(organization_id uuid, id uuid)`.execute(tx)
}

/** One deed as a row, for a use case that writes it inside a statement of its own. */
export function auditRow(actor: Actor, deed: Deed) {
  return {
    organization_id: actor.organizationId,
    id: newId(),
    // A proxy's deeds are told apart from the patient's own, and each says for whom.
    actor_kind: actor.actingFor === undefined ? actor.role : 'proxy',
    actor_id: actor.id,
    action: deed.action,
    resource_type: deed.resourceType,
    resource_id: deed.resourceId ?? null,
    patient_id: deed.patientId ?? actor.actingFor ?? null,
    fields: `{${(deed.fields ?? []).join(',')}}`,
    outcome: deed.outcome ?? 'success',
    purpose: deed.purpose ?? (actor.role === 'guest' || actor.role === 'patient' ? 'PATIENT-REQUEST' : 'TREAT'),
    request_id: actor.requestId ?? null,
  }
}

/** Says what a program is called, for whoever reads the trail; its name at the time of reading counts. */
export async function nameProgram(tx: Tx, organizationId: string, actorId: string, name: string) {
  await tx
    .insertInto('platform.programName')
    .values({ organizationId, actorId, name })
    .onConflict((same) => same.columns(['organizationId', 'actorId']).doUpdateSet({ name }))
    .execute()
}
