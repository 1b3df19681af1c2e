/** The front desk's part in keeping listings true: what is to be checked, and that it was. */
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import type { Asked } from '../../platform/endpoint.ts'
import { notFound } from '../../platform/errors.ts'
import type { checkListing as contract } from '../contract.ts'
import { spokenName } from '../view.ts'
import '../tables.ts'
import { freshChecks } from './checks.ts'
import { flagStale } from './flag-stale.ts'
import type { WrongField } from './freshness.ts'

/** Up to 200: hidden ones first, then what visitors said is wrong, then the longest unchecked. */
export async function listListingsToCheck({ db, now }: Context, actor: Actor) {
  return within(db, actor, async (tx) => {
    const { rows } = await sql<Listing>`
      select r.id as role_id, p.given_name, p.family_name, p.prefix, p.credentials, p.languages, l.name as place, l.phone,
        r.accepts_new, r.hidden_since, r.flagged_since, coalesce(said.reports, '[]') as reports
      from directory.practitioner_role r
      join directory.practitioner p on p.organization_id = r.organization_id and p.id = r.practitioner_id and p.active
      join directory.location l on l.organization_id = r.organization_id and l.id = r.location_id and l.active
      left join lateral (
        select json_agg(json_build_object('field', w.field, 'count', w.many) order by w.many desc, w.field) as reports
        from (
          select field, count(*) as many from directory.wrong_report
          where organization_id = r.organization_id and practitioner_role_id = r.id and settled_at is null group by field
        ) w
      ) said on true
      where r.organization_id = ${actor.organizationId} and r.active
        and (r.hidden_since is not null or r.flagged_since is not null or said.reports is not null)
      order by r.hidden_since is null, said.reports is null, r.flagged_since, p.search_name, r.id limit 200`.execute(tx)
    const verified = await freshChecks(tx, actor.organizationId, { roleIds: rows.map((row) => row.roleId), now: now() })
    return rows.map(({ roleId, place, phone, acceptsNew, languages, hiddenSince, flaggedSince, reports, ...who }) => ({
      roleId,
      clinician: spokenName(who),
      place,
      phone,
      acceptsNew,
      languages,
      hiddenSince: hiddenSince?.toString() ?? null,
      flaggedSince: flaggedSince?.toString() ?? null,
      reports,
      verified: verified.get(roleId) ?? [],
    }))
  })
}

interface Listing {
  roleId: string
  givenName: string
  familyName: string
  prefix: string | null
  credentials: string | null
  languages: string[]
  place: string
  phone: string | null
  acceptsNew: boolean
  hiddenSince: Temporal.Instant | null
  flaggedSince: Temporal.Instant | null
  reports: { field: WrongField; count: number }[]
}

type Check = Asked<typeof contract>['body']

/**
 * Writes what was confirmed, corrected first; a listing somebody confirmed is shown again. Gives all that is checked of
 * it now. Refuses `not_found`.
 */
export async function checkListing({ db, now, announce }: Context, actor: Actor, roleId: string, check: Check) {
  const { organizationId } = actor
  return within(db, actor, async (tx) => {
    const role = await tx
      .selectFrom('directory.practitionerRole')
      .where('organizationId', '=', organizationId)
      .where('id', '=', roleId)
      .where('active', '=', true)
      .select(['practitionerId', 'locationId'])
      .forUpdate()
      .executeTakeFirst()
    if (!role) throw notFound('listing')
    await correct(tx, organizationId, { roleId, ...role }, check.correct ?? {})
    await tx
      .insertInto('directory.listingCheck')
      .values(
        check.fields.map((field) => ({
          organizationId,
          practitionerRoleId: roleId,
          field,
          verifiedAt: now(),
          source: check.source,
        })),
      )
      .onConflict((same) =>
        same
          .columns(['organizationId', 'practitionerRoleId', 'field'])
          .doUpdateSet((of) => ({ verifiedAt: of.ref('excluded.verifiedAt'), source: of.ref('excluded.source') })),
      )
      .execute()
    await settle(tx, organizationId, { roleId, fields: check.fields, now: now() })
    await flagStale(tx, organizationId, now(), roleId)
    await audit(tx, actor, {
      action: 'update',
      resourceType: 'PractitionerRole',
      resourceId: roleId,
      fields: check.fields,
      purpose: 'OPS',
    })
    await announce(tx, 'listing.changed', { organizationId, practitionerId: role.practitionerId })
    return (await freshChecks(tx, organizationId, { roleIds: [roleId], now: now() })).get(roleId) ?? []
  })
}

interface Which {
  roleId: string
  practitionerId: string
  locationId: string
}

async function correct(
  tx: Tx,
  organizationId: string,
  { roleId, practitionerId, locationId }: Which,
  { phone, acceptsNew, languages }: NonNullable<Check['correct']>,
) {
  if (phone !== undefined)
    await tx
      .updateTable('directory.location')
      .set({ phone })
      .where('organizationId', '=', organizationId)
      .where('id', '=', locationId)
      .execute()
  if (languages !== undefined)
    await tx
      .updateTable('directory.practitioner')
      .set({ languages })
      .where('organizationId', '=', organizationId)
      .where('id', '=', practitionerId)
      .execute()
  if (acceptsNew !== undefined)
    await tx
      .updateTable('directory.practitionerRole')
      .set({ acceptsNew })
      .where('organizationId', '=', organizationId)
      .where('id', '=', roleId)
      .execute()
}

interface Settled {
  roleId: string
  fields: Check['fields']
  now: Temporal.Instant
}

/** Whoever confirmed a part reached somebody: words about that part, and that nobody was reached, are settled. */
async function settle(tx: Tx, organizationId: string, { roleId, fields, now }: Settled) {
  await tx
    .updateTable('directory.wrongReport')
    .set({ settledAt: now, reporter: null })
    .where('organizationId', '=', organizationId)
    .where('practitionerRoleId', '=', roleId)
    .where('settledAt', 'is', null)
    .where('field', 'in', [...fields, 'no_contact', 'not_here'])
    .execute()
  await tx
    .updateTable('directory.practitionerRole')
    .set({ hiddenSince: null })
    .where('organizationId', '=', organizationId)
    .where('id', '=', roleId)
    .execute()
}
