/** 'This was wrong': anybody's word about a listing, counted once from each place it comes from. */
import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import { system, type Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { notFound, tooMany } from '../../platform/errors.ts'
import { networkOf } from '../../platform/network.ts'
import { may } from '../../platform/permissions.ts'
import '../tables.ts'
import { isGhost, type WrongField } from './freshness.ts'

/** So many words a day are taken from one place. */
const mostADay = 10

interface Report {
  roleId: string
  field: WrongField
  /** Of the network. Only a keyed hash of it is kept, until the report is settled. */
  address: string
}

/**
 * Keeps the report; the same word from the same place again changes nothing. The second place that could not reach
 * anybody, or a colleague who could not, takes the listing out of the public search. Refuses `not_found` and, after ten
 * in a day from one place, `too_many_tries`.
 */
export async function reportListing(context: Context, actor: Actor, { roleId, field, address }: Report) {
  const { db, keys, now, announce } = context
  const { organizationId } = actor
  const byStaff = may(actor, 'listing.check')
  const from = byStaff ? actor.id : networkOf(address)
  const reporter = createHmac('sha256', keys.of('listing-report')).update(from).digest('hex').slice(0, 32)
  // A visitor may write nowhere in the directory: the product keeps what they said.
  await within(db, system(organizationId, 'listings'), async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${reporter}::text, 9))`.execute(tx)
    if (!byStaff) await refuseTooMany(tx, { organizationId, reporter, now: now() })
    const role = await tx
      .selectFrom('directory.practitionerRole')
      .where('organizationId', '=', organizationId)
      .where('id', '=', roleId)
      .where('active', '=', true)
      .select(['practitionerId', 'hiddenSince'])
      // Two who report at the same moment are counted one after the other.
      .forUpdate()
      .executeTakeFirst()
    if (!role) throw notFound('listing')
    await tx
      .insertInto('directory.wrongReport')
      .values({
        organizationId,
        practitionerRoleId: roleId,
        field,
        reporter,
        byStaff,
        reportedAt: now(),
        settledAt: null,
      })
      .onConflict((same) => same.doNothing())
      .execute()
    if (role.hiddenSince !== null || !isGhost(await openWords(tx, organizationId, roleId))) return
    await tx
      .updateTable('directory.practitionerRole')
      .set({ hiddenSince: now() })
      .where('organizationId', '=', organizationId)
      .where('id', '=', roleId)
      .execute()
    await announce(tx, 'listing.changed', { organizationId, practitionerId: role.practitionerId })
  })
}

async function openWords(tx: Tx, organizationId: string, roleId: string) {
  const rows = await tx
    .selectFrom('directory.wrongReport')
    .where('organizationId', '=', organizationId)
    .where('practitionerRoleId', '=', roleId)
    .where('settledAt', 'is', null)
    .select(['field', 'reporter', 'byStaff'])
    .execute()
  return rows.map(({ field, reporter, byStaff }) => ({ field, reporter: reporter ?? '', byStaff }))
}

interface From {
  organizationId: string
  reporter: string
  now: Temporal.Instant
}

async function refuseTooMany(tx: Tx, { organizationId, reporter, now }: From) {
  const { today } = await tx
    .selectFrom('directory.wrongReport')
    .where('organizationId', '=', organizationId)
    .where('reporter', '=', reporter)
    .where('reportedAt', '>', now.subtract({ hours: 24 }))
    .select((of) => of.fn.countAll<number>().as('today'))
    .executeTakeFirstOrThrow()
  if (Number(today) >= mostADay)
    throw tooMany('Thank you, that is a lot for one day. Call us, or tell us more tomorrow.', 24 * 3600)
}
