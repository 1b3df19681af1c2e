/** The visits that lose their room, device or interpreter because it is closed: each with what else is free, none forgotten. */
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { auditAll } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import type { Language, Reply } from '../../platform/endpoint.ts'
import { clinicianView } from '../../directory/index.ts'
import { summariesOf } from '../../people/index.ts'
import { visibleAppointments } from '../access.ts'
import { offeringInFullById, spoken } from '../view.ts'
import { accessResource } from './access-resource.ts'
import { spanOf, type PartOfDay } from './closing.ts'
import type { listLosing as contract } from './contract.ts'
import { freeInstead, takenIn, type Between, type Kept, type Taken } from './instead.ts'

type Losing = Reply<typeof contract>['visits'][number]

interface Named extends Kept {
  name: string
}

interface Lost {
  resource: Named
  taken: Taken
}

/** Those that have something now which is closed for their time, from now on. */
export async function listLosing({ db, now }: Context, actor: Actor, language: Language) {
  return within(db, actor, async (tx) => {
    const lost: Lost[] = []
    for (const { from, until, ...resource } of await closedFrom(tx, actor.organizationId, now()))
      for (const taken of await takenIn(tx, actor.organizationId, resource, { from, until }))
        lost.push({ resource, taken })
    return { visits: await inWords(tx, actor, lost, language) }
  })
}

/** Those that would lose it if it were closed then. Refuses as closing does. */
export async function previewClosure(
  { db }: Context,
  actor: Actor,
  id: string,
  part: PartOfDay & { language: Language },
) {
  return within(db, actor, async (tx) => {
    const resource = await accessResource(tx, actor, id)
    const taken = await takenIn(tx, actor.organizationId, resource, spanOf(part, resource.zone))
    return {
      visits: await inWords(
        tx,
        actor,
        taken.map((one) => ({ resource, taken: one })),
        part.language,
      ),
    }
  })
}

async function closedFrom(tx: Tx, organizationId: string, now: Temporal.Instant): Promise<(Named & Between)[]> {
  const { rows } = await sql<Named & Between>`
    select r.id, r.kind, r.name, greatest(c.from_at, ${now}::timestamptz) as from, c.until_at as until
    from scheduling.resource r join lateral (
      select (k.on_date + make_interval(mins => coalesce(k.from_minute, 0))) at time zone r.zone as from_at,
        (k.on_date + make_interval(mins => coalesce(k.until_minute, 1440))) at time zone r.zone as until_at
      from scheduling.resource_closure k where k.organization_id = r.organization_id and k.resource_id = r.id
    ) c on c.until_at > ${now}::timestamptz
    where r.organization_id = ${organizationId} and r.active order by c.from_at, r.name`.execute(tx)
  return rows
}

async function inWords(tx: Tx, actor: Actor, lost: readonly Lost[], language: Language): Promise<Losing[]> {
  const { organizationId } = actor
  const ids = lost.flatMap(({ taken }) => taken.appointmentIds)
  if (ids.length === 0) return []
  const rows = await visibleAppointments(tx, actor)
    .where('a.id', '=', sql<string>`any(${[...new Set(ids)]}::uuid[])`)
    .select(['a.id', 'a.patientId'])
    .execute()
  const patientOf = new Map(rows.map(({ id, patientId }) => [id, patientId]))
  const patients = await summariesOf(tx, actor, [...patientOf.values()])
  const deeds = rows.map(({ id, patientId }) => ({
    action: 'read' as const,
    resourceType: 'Appointment',
    resourceId: id,
    patientId,
  }))
  await auditAll(tx, actor, deeds)
  const offerings = await offeringInFullById(
    tx,
    organizationId,
    lost.map(({ taken }) => taken.offeringId),
  )
  const visits: Losing[] = []
  for (const { resource, taken } of lost) {
    const offering = offerings.get(taken.offeringId)
    const instead = await freeInstead(tx, organizationId, resource, taken)
    for (const appointmentId of taken.appointmentIds) {
      const patient = patients.get(patientOf.get(appointmentId) ?? '')
      if (!patient || !offering) continue
      visits.push({
        appointmentId,
        startsAt: taken.startsAt.toString(),
        zone: offering.zone,
        visitType: spoken(offering.visitName, language) ?? '',
        clinician: clinicianView({ ...offering, id: offering.practitionerId }).name,
        patient: { id: patient.id, name: patient.name, phone: patient.phone },
        resource: { id: resource.id, kind: resource.kind, name: resource.name },
        instead: instead?.name ?? null,
      })
    }
  }
  return visits
}
