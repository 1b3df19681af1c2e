/** Feeds plans and networks from FHIR: network and payer Organizations, InsurancePlan, PractitionerRole (Plan-Net), Coverage. */
import { sql } from 'kysely'
import type { Tx } from '../platform/db.ts'
import { fromFhir } from '../directory/index.ts'
import { rowIdOf, type Received, type Waiting } from '../record/index.ts'
import './tables.ts'

type Reference = fromFhir.Reference

/** Writes what is coverage's own. Idempotent; call it after the directory was fed with the same resources. */
export async function feedCoverage(tx: Tx, organizationId: string, received: readonly Received[]): Promise<Waiting[]> {
  const of = (type: string) => received.filter((one) => one.resource.resourceType === type)
  await feedPayersAndNetworks(tx, organizationId, of('Organization'))
  await feedPlans(tx, organizationId, of('InsurancePlan'))
  await feedParticipation(tx, organizationId, of('PractitionerRole'))
  await feedPatientCoverage(tx, organizationId, of('Coverage'))
  return []
}

async function feedPayersAndNetworks(tx: Tx, organizationId: string, received: readonly Received[]) {
  const read = received.map(({ resource, targets }) => ({
    ...fromFhir.organization(resource),
    id: resource.id,
    owner: targets.of(fromFhir.organization(resource).partOf),
  }))
  const payers = read
    .filter(({ kind }) => kind === 'payer')
    .map(({ id, name }) => ({ id: rowIdOf(organizationId, 'Organization', id), name }))
  const networks = read
    .filter(({ kind }) => kind === 'network')
    .map(({ id, name, owner }) => ({
      id: rowIdOf(organizationId, 'Organization', id),
      name,
      payer_id: owner ? rowIdOf(organizationId, 'Organization', owner.id) : null,
    }))
  if (payers.length > 0)
    await sql`insert into coverage.payer (organization_id, id, name)
      select ${organizationId}, r.id, r.name from json_to_recordset(${JSON.stringify(payers)}::json) as r(id uuid, name text)
      on conflict (organization_id, id) do update set name = excluded.name`.execute(tx)
  if (networks.length === 0) return
  // A network may come before the payer it belongs to: the payer's row is made with the name it will get.
  await sql`insert into coverage.payer (organization_id, id, name)
    select distinct on (r.payer_id) ${organizationId}::uuid, r.payer_id, coalesce(a.name, r.name)
    from json_to_recordset(${JSON.stringify(networks)}::json) as r(id uuid, name text, payer_id uuid)
    left join directory.affiliate a on a.organization_id = ${organizationId} and a.id = r.payer_id
    where r.payer_id is not null on conflict do nothing`.execute(tx)
  await sql`insert into coverage.network (organization_id, id, name, payer_id)
    select ${organizationId}, r.id, r.name, r.payer_id from json_to_recordset(${JSON.stringify(networks)}::json) as r(id uuid, name text, payer_id uuid)
    on conflict (organization_id, id) do update set name = excluded.name, payer_id = excluded.payer_id`.execute(tx)
}

async function feedPlans(tx: Tx, organizationId: string, received: readonly Received[]) {
  const plans = received.map(({ resource, targets }) => {
    const { name, ownedBy, network, type, status } = resource as {
      name?: string
      ownedBy?: Reference & { display?: string }
      network?: Reference[]
      type?: { text?: string }[]
      status?: string
    }
    const owner = targets.of(ownedBy)
    return {
      id: rowIdOf(organizationId, 'InsurancePlan', resource.id),
      name: name ?? 'Unnamed plan',
      kind: type?.[0]?.text ?? null,
      active: status !== 'retired',
      payer_id: rowIdOf(organizationId, 'Organization', owner?.id ?? 'unknown payer'),
      payer_name: ownedBy?.display ?? 'Unknown payer',
      networks: (network ?? []).flatMap((one) => {
        const found = targets.of(one)
        return found ? [rowIdOf(organizationId, 'Organization', found.id)] : []
      }),
    }
  })
  if (plans.length === 0) return
  const listed = JSON.stringify(plans)
  await sql`insert into coverage.payer (organization_id, id, name)
    select distinct on (r.payer_id) ${organizationId}::uuid, r.payer_id, r.payer_name from json_to_recordset(${listed}::json) as r(payer_id uuid, payer_name text)
    on conflict do nothing`.execute(tx)
  await sql`insert into coverage.plan (organization_id, id, payer_id, name, kind, active)
    select ${organizationId}, r.* from json_to_recordset(${listed}::json) as r(id uuid, payer_id uuid, name text, kind text, active boolean)
    on conflict (organization_id, id) do update set payer_id = excluded.payer_id, name = excluded.name, kind = excluded.kind, active = excluded.active`.execute(
    tx,
  )
  await sql`insert into coverage.plan_network (organization_id, plan_id, network_id)
    select ${organizationId}, r.id, n.id from json_to_recordset(${listed}::json) as r(id uuid, networks json),
      json_array_elements_text(r.networks) as w(network_id)
    join coverage.network n on n.organization_id = ${organizationId} and n.id = w.network_id::uuid
    on conflict do nothing`.execute(tx)
}

/** Who is in which network, as the payer's directory says it on the day it was last updated. */
async function feedParticipation(tx: Tx, organizationId: string, received: readonly Received[]) {
  const rows = received.flatMap(({ resource, targets }) => {
    const read = fromFhir.practitionerRole(resource)
    const { meta, period } = resource as { meta?: { lastUpdated?: string }; period?: { start?: string; end?: string } }
    const practitioner = targets.of(read.practitioner, 'Practitioner')
    return read.networks.flatMap((one) => {
      const network = targets.of(one)
      return network && practitioner
        ? [
            {
              practitioner_id: rowIdOf(organizationId, 'Practitioner', practitioner.id),
              network_id: rowIdOf(organizationId, 'Organization', network.id),
              known_on: meta?.lastUpdated?.slice(0, 10) ?? null,
              valid_from: day(period?.start),
              valid_until: day(period?.end),
              locations: read.locations.flatMap((place) => {
                const found = targets.of(place, 'Location')
                return found ? [rowIdOf(organizationId, 'Location', found.id)] : []
              }),
            },
          ]
        : []
    })
  })
  if (rows.length === 0) return
  await sql`insert into coverage.participation (organization_id, practitioner_role_id, network_id, source, known_on, valid_from, valid_until)
    select distinct on (p.id, n.id) ${organizationId}::uuid, p.id, n.id, 'payer_directory', coalesce(r.known_on, current_date), r.valid_from, r.valid_until
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(practitioner_id uuid, network_id uuid, known_on date, valid_from date, valid_until date, locations json)
    cross join lateral json_array_elements_text(r.locations) as w(location_id)
    join directory.practitioner_role p on p.organization_id = ${organizationId} and p.practitioner_id = r.practitioner_id and p.location_id = w.location_id::uuid
    join coverage.network n on n.organization_id = ${organizationId} and n.id = r.network_id
    on conflict (organization_id, practitioner_role_id, network_id) do update set source = excluded.source,
      known_on = excluded.known_on, valid_from = excluded.valid_from, valid_until = excluded.valid_until`.execute(tx)
}

const day = (text: string | undefined) => (text && /^\d{4}-\d{2}-\d{2}/.test(text) ? text.slice(0, 10) : null)

async function feedPatientCoverage(tx: Tx, organizationId: string, received: readonly Received[]) {
  const rows = received.flatMap(({ resource, targets }) => {
    const { beneficiary, payor, subscriberId, period } = resource as {
      beneficiary?: Reference
      payor?: (Reference & { display?: string })[]
      subscriberId?: string
      period?: { start?: string; end?: string }
    }
    const patient = targets.of(beneficiary)
    if (patient?.type !== 'Patient') return []
    return [
      {
        id: rowIdOf(organizationId, 'Coverage', resource.id),
        patient_id: rowIdOf(organizationId, 'Patient', patient.id),
        payer_name: payor?.[0]?.display ?? null,
        member_number: subscriberId ?? null,
        valid_from: day(period?.start),
        valid_until: day(period?.end),
      },
    ]
  })
  if (rows.length === 0) return
  await sql`insert into coverage.patient_coverage (organization_id, id, patient_id, payer_name, member_number, valid_from, valid_until)
    select ${organizationId}, r.id, r.patient_id, r.payer_name, r.member_number, r.valid_from, r.valid_until
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, patient_id uuid, payer_name text, member_number text, valid_from date, valid_until date)
    join people.patient p on p.organization_id = ${organizationId} and p.id = r.patient_id
    on conflict (organization_id, id) do update set payer_name = excluded.payer_name, member_number = excluded.member_number,
      valid_from = excluded.valid_from, valid_until = excluded.valid_until`.execute(tx)
}
