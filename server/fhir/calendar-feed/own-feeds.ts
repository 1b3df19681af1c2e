/** A clinician's own calendar addresses: made, listed, renewed, ended. */
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import type { Language } from '../../platform/endpoint.ts'
import { conflict, forbidden, notFound } from '../../platform/errors.ts'
import { newId, newToken, sha256 } from '../../platform/ids.ts'
import '../../scheduling/tables.ts'
import '../tables.ts'

/** Of a row p of practitioners. */
export const clinicianName = sql`concat_ws(' ', p.prefix, p.given_name, p.family_name)`

const personOf = ({ personId }: Actor) => {
  if (personId === undefined) throw forbidden()
  return personId
}

/** One colleague needs a telephone, a computer and a spare; a hundred addresses are a hundred to lose. */
const mostOpen = 10

interface Told {
  clinicianId: string
  language: Language
}

/**
 * Gives the address, here and never again. Refuses a clinician whose day is not this colleague's as not found, and
 * `too_many` when ten are open.
 */
export async function makeFeed(context: Context, actor: Actor, asked: Told) {
  return within(context.db, actor, async (tx) => {
    const open = await openOf(tx, actor)
    if (open.length >= mostOpen)
      throw conflict('too_many', 'Ten calendar addresses are open. End one that you no longer use first.')
    return opened(context, tx, actor, asked)
  })
}

/** Closes one and opens another in its place, or neither. Refuses another's, and days that are no longer one's own, as not found. */
export async function renewFeed(context: Context, actor: Actor, id: string) {
  return within(context.db, actor, async (tx) => {
    const old = await closed(context, tx, actor, id)
    return opened(context, tx, actor, { clinicianId: old.practitionerId, language: old.language })
  })
}

export async function listFeeds({ db }: Context, actor: Actor) {
  return within(db, actor, async (tx) => {
    const feeds = await openOf(tx, actor)
    const { rows: clinicians } = await sql<{ id: string; name: string }>`
      select p.id, ${clinicianName} as name from scheduling.works_with w
      join directory.practitioner p on p.organization_id = w.organization_id and p.id = w.practitioner_id
      where w.organization_id = ${actor.organizationId} and w.person_id = ${personOf(actor)}
      order by p.family_name, p.given_name, p.id`.execute(tx)
    return { feeds: feeds.map((one) => ({ ...one, madeAt: one.madeAt.toString() })), clinicians }
  })
}

/** Of one's own alone; another's is not found. */
export async function endFeed(context: Context, actor: Actor, id: string) {
  await within(context.db, actor, (tx) => closed(context, tx, actor, id))
  return { id }
}

interface Open {
  id: string
  clinicianId: string
  clinician: string
  language: Language
  madeAt: Temporal.Instant
}

async function openOf(tx: Tx, actor: Actor): Promise<Open[]> {
  const { rows } = await sql<Open>`
    select f.id, f.practitioner_id as clinician_id, ${clinicianName} as clinician, f.language, f.made_at
    from fhir.calendar_feed f
    join directory.practitioner p on p.organization_id = f.organization_id and p.id = f.practitioner_id
    where f.organization_id = ${actor.organizationId} and f.person_id = ${personOf(actor)} and f.ended_at is null
    order by f.id limit 100`.execute(tx)
  return rows
}

async function opened(context: Context, tx: Tx, actor: Actor, { clinicianId, language }: Told) {
  const { organizationId } = actor
  const [id, token, personId] = [newId(), newToken('cal'), personOf(actor)]
  const works = await tx
    .selectFrom('scheduling.worksWith')
    .where('organizationId', '=', organizationId)
    .where('personId', '=', personId)
    .where('practitionerId', '=', clinicianId)
    .select('practitionerId')
    .executeTakeFirst()
  if (!works) throw notFound('clinician')
  await tx
    .insertInto('fhir.calendarFeed')
    .values({
      organizationId,
      id,
      personId,
      practitionerId: clinicianId,
      language,
      tokenHash: sha256(token),
      madeAt: context.now(),
    })
    .execute()
  await written(tx, actor, 'create', id)
  return { id, url: `${context.config.publicUrl}/calendar/${token}.ics` }
}

async function closed({ now }: Context, tx: Tx, actor: Actor, id: string) {
  const ended = await tx
    .updateTable('fhir.calendarFeed')
    .set({ endedAt: now() })
    .where('organizationId', '=', actor.organizationId)
    .where('personId', '=', personOf(actor))
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .returning(['practitionerId', 'language'])
    .executeTakeFirst()
  if (!ended) throw notFound('calendar address')
  await written(tx, actor, 'delete', id)
  return ended
}

export const written = (tx: Tx, actor: Actor, action: 'create' | 'delete', id: string) =>
  audit(tx, actor, { action, resourceType: 'CalendarFeed', resourceId: id, purpose: 'OPS' })
