/** What the link of a referral opens: for which visits it is, with whom they may be, and the times that it allows. */
import { sql } from 'kysely'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import type { Language } from '../../platform/endpoint.ts'
import { conflict, invalid } from '../../platform/errors.ts'
import { readOrganization } from '../../people/index.ts'
import { findOpenings } from '../openings/find-openings.ts'
import { offeringInParts, offeringsInFull } from '../view.ts'
import { holderOfLink, readReferralToken, type ReferralLink } from './link.ts'
import './tables.ts'

interface Shown {
  organizationId: string
  token: string
}

export const linkOver = () =>
  invalid(
    'referral_over',
    'This link does not open a referral any more. Call us and we will book the visit with you.',
    {
      instead: 'call',
    },
  )

/** Refuses `referral_over` for a link that was never made here. */
export function readLink({ keys }: Pick<Context, 'keys'>, { organizationId, token }: Shown): ReferralLink {
  const link = readReferralToken(keys, organizationId, token)
  if (!link) throw linkOver()
  return link
}

/** The referral while it can be booked by this link. Refuses `referral_used`, `referral_expired`, `referral_over`. */
export async function openReferral(
  tx: Tx,
  { organizationId, referralId, number }: ReferralLink,
  now: Temporal.Instant,
) {
  const row = await tx
    .selectFrom('scheduling.referral')
    .where('organizationId', '=', organizationId)
    .where('id', '=', referralId)
    .selectAll()
    .executeTakeFirst()
  if (!row || row.closedAt || row.linkNumber !== number) throw linkOver()
  if (row.appointmentId)
    throw conflict(
      'referral_used',
      'A visit is booked for this referral. Your message about it has the link to change it.',
    )
  const { zone } = await readOrganization(tx, organizationId)
  const today = now.toZonedDateTimeISO(zone).toPlainDate()
  if (Temporal.PlainDate.compare(row.validUntil, today) < 0)
    throw invalid('referral_expired', 'This referral is over. Call us, or ask for a new one where it came from.', {
      instead: 'call',
    })
  const from = Temporal.PlainDate.compare(row.validFrom, today) > 0 ? row.validFrom : today
  return { ...row, from }
}

/** Of what a referral allows: `r` is the referral, `o` an offering. */
export const isOfReferral = sql`o.visit_type_id = any (r.visit_type_ids)
  and (cardinality(r.practitioner_ids) = 0 or o.practitioner_id = any (r.practitioner_ids))
  and (r.specialty is null or exists (select from directory.practitioner_role w
    where w.organization_id = o.organization_id and w.id = o.practitioner_role_id and r.specialty = any (w.specialties)))`

const mostOffered = 50

/** Read in the trail as the one who holds the link. */
export async function readReferralLink(context: Context, shown: Shown, language: Language) {
  const link = readLink(context, shown)
  const actor = holderOfLink(link)
  return within(context.db, actor, async (tx) => {
    const referral = await openReferral(tx, link, context.now())
    const patient = await tx
      .selectFrom('people.patient')
      .where('organizationId', '=', link.organizationId)
      .where('id', '=', link.patientId)
      .select('givenName')
      .executeTakeFirstOrThrow()
    const ids = sql<string>`any(array(select o.id from scheduling.referral r join scheduling.offering o on o.organization_id = r.organization_id
      where r.organization_id = ${link.organizationId} and r.id = ${link.referralId} and o.active and ${isOfReferral}))`
    const rows = await offeringsInFull(tx, link.organizationId)
      .where('o.id', '=', ids)
      .orderBy('v.position')
      .orderBy('p.familyName')
      .orderBy('o.id')
      .limit(mostOffered)
      .execute()
    await audit(tx, actor, {
      action: 'read',
      resourceType: 'ServiceRequest',
      resourceId: link.referralId,
      patientId: link.patientId,
    })
    return {
      patientFirstName: patient.givenName,
      referrer: referral.referrer,
      from: referral.from.toString(),
      until: referral.validUntil.toString(),
      offered: rows.map((row) => offeringInParts(row, language)),
    }
  })
}

/** The openings of one of these offerings on days on which the referral holds: 14 days at a time. */
export async function findReferralOpenings(
  context: Context,
  { offeringId, from, ...shown }: Shown & { offeringId: string; from?: string | undefined },
) {
  const link = readLink(context, shown)
  const actor = holderOfLink(link)
  const referral = await within(context.db, actor, async (tx) => {
    const { from: first, validUntil } = await openReferral(tx, link, context.now())
    const { rows } = await sql`
      select from scheduling.referral r join scheduling.offering o on o.organization_id = r.organization_id
      where r.organization_id = ${link.organizationId} and r.id = ${link.referralId} and o.id = ${offeringId} and ${isOfReferral}`.execute(
      tx,
    )
    if (rows.length === 0) throw notOfReferral()
    await audit(tx, actor, {
      action: 'read',
      resourceType: 'ServiceRequest',
      resourceId: link.referralId,
      patientId: link.patientId,
    })
    return { first: first.toString(), until: validUntil.toString() }
  })
  const start = from === undefined || from < referral.first ? referral.first : from
  const found = await findOpenings(context, actor, offeringId, { from: start, days: 14 })
  return {
    zone: found.zone,
    days: found.days.filter(({ day }) => day <= referral.until),
    nextDay: found.nextDay !== null && found.nextDay <= referral.until ? found.nextDay : null,
  }
}

export const notOfReferral = () =>
  invalid(
    'not_of_referral',
    'This referral is not for this visit, or not for that day. Choose one of the times shown.',
    {
      instead: 'choose_time',
    },
  )
