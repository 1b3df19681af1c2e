/** The visits of a signed-in patient, or of the one they act for: what comes, and what was. */
import { sql } from 'kysely'
import type { Actor } from '../platform/actor.ts'
import { auditAll } from '../platform/audit.ts'
import type { Context } from '../platform/context.ts'
import { within, type Tx } from '../platform/db.ts'
import type { Language } from '../platform/endpoint.ts'
import { visitTokenFor } from '../people/index.ts'
import { visibleAppointments, type AppointmentRow } from './access.ts'
import { placesOf } from './linked/members.ts'
import { offeringsInFull, offeringInParts } from './view.ts'

const mostComing = 50
const mostPast = 20

/** Cancelled ones are among the past. Each that is shown is read in the trail. */
export async function listMyVisits({ db, now, keys }: Context, actor: Actor, language: Language) {
  return within(db, actor, async (tx) => {
    const own = () => visibleAppointments(tx, actor).selectAll('a')
    const coming = await own()
      .where('a.status', '=', 'booked')
      .where('a.endsAt', '>', now())
      .orderBy('a.startsAt')
      .limit(mostComing)
      .execute()
    const past = await own()
      .where((of) => of.or([of('a.status', '=', 'cancelled'), of('a.endsAt', '<=', now())]))
      .orderBy('a.startsAt', 'desc')
      .limit(mostPast)
      .execute()
    const rows = [...coming, ...past]
    await auditAll(
      tx,
      actor,
      rows.map(({ id, patientId }) => ({ action: 'read', resourceType: 'Appointment', resourceId: id, patientId })),
    )
    const known = await around(tx, actor, rows)
    const places = await placesOf(
      tx,
      actor,
      coming.map(({ id }) => id),
      language,
    )
    const line = (row: AppointmentRow) => {
      const offering = known.offerings.get(row.offeringId)
      if (!offering) return []
      const { organizationId, id, patientId } = row
      const until = row.endsAt.add({ hours: 24 })
      return [
        {
          id,
          status: row.status,
          startsAt: row.startsAt.toString(),
          ...offeringInParts(offering, language),
          linked: places.get(id) ?? null,
          patientFirstName: known.names.get(patientId) ?? '',
          link: `/visit#${visitTokenFor(keys, actor, { organizationId, visitId: id, patientId, until })}`,
        },
      ]
    }
    return { coming: coming.flatMap(line), past: past.flatMap(line) }
  })
}

/** Offerings and first names of these visits, a query each. */
async function around(tx: Tx, actor: Actor, rows: readonly AppointmentRow[]) {
  const ids = (of: 'offeringId' | 'patientId') => sql<string>`any(${[...new Set(rows.map((row) => row[of]))]}::uuid[])`
  const offerings = await offeringsInFull(tx, actor.organizationId).where('o.id', '=', ids('offeringId')).execute()
  const names = await tx
    .selectFrom('people.patient')
    .where('organizationId', '=', actor.organizationId)
    .where('id', '=', ids('patientId'))
    .select(['id', 'givenName'])
    .execute()
  return {
    offerings: new Map(offerings.map((row) => [row.id, row])),
    names: new Map(names.map(({ id, givenName }) => [id, givenName])),
  }
}
