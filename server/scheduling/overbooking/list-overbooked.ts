/** The report of overbooked visits: whose, when, decided by whom and why. */
import type { Actor } from '../../platform/actor.ts'
import { auditAll } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import type { Language } from '../../platform/endpoint.ts'
import { invalid } from '../../platform/errors.ts'
import { readWords } from '../../platform/vault/words.ts'
import { spokenName } from '../../directory/index.ts'
import { visibleAppointments } from '../access.ts'
import { whyField } from '../sealed.ts'
import { spoken } from '../view.ts'
import type { Overbooked } from './contract.ts'
import './tables.ts'

/** No patient is named; the words about each are read from the record, and are in its trail. */
const mostDays = 366
const mostRows = 1000

export interface Asked {
  from: string
  until: string
  language: Language
}

/** Of visits whose day is in the span, by the clock of their place. Refuses `too_many_days`. */
export async function listOverbooked(
  context: Context,
  actor: Actor,
  { from, until, language }: Asked,
): Promise<{ overbooked: Overbooked[]; visits: number }> {
  const [first, last] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(until)]
  const days = first.until(last).days
  if (days < 0 || days > mostDays) throw invalid('too_many_days', 'Ask for a year at the most.')
  return within(context.db, actor, async (tx) => {
    const ofDays = visitsOf(tx, actor, first, last)
    const rows = await ofDays
      .innerJoin('scheduling.overbooking as b', (on) =>
        on.onRef('b.organizationId', '=', 'a.organizationId').onRef('b.appointmentId', '=', 'a.id'),
      )
      .innerJoin('scheduling.visitType as v', (on) =>
        on.onRef('v.organizationId', '=', 'a.organizationId').onRef('v.id', '=', 'a.visitTypeId'),
      )
      .innerJoin('directory.practitioner as p', (on) =>
        on.onRef('p.organizationId', '=', 'a.organizationId').onRef('p.id', '=', 'a.practitionerId'),
      )
      .orderBy('a.startsAt', 'desc')
      .limit(mostRows)
      .select(['a.id', 'a.organizationId', 'a.patientId', 'a.startsAt', 'a.status', 'l.name as place', 'l.zone'])
      .select(['p.givenName', 'p.familyName', 'p.prefix', 'p.credentials', 'v.name as visitName'])
      .select(['b.reason', 'b.whySealed', 'b.decidedAt', 'b.decidedBy'])
      .select(({ exists, selectFrom }) =>
        exists(
          selectFrom('scheduling.takenTime as t')
            .whereRef('t.organizationId', '=', 'a.organizationId')
            .whereRef('t.appointmentId', '=', 'a.id')
            .where('t.lane', '>', 0)
            .select('t.id'),
        ).as('beside'),
      )
      .execute()
    const { visits } = await visitsOf(tx, actor, first, last)
      .where('a.status', '=', 'booked')
      .select((of) => of.fn.countAll<number>().as('visits'))
      .executeTakeFirstOrThrow()
    await auditAll(
      tx,
      actor,
      rows.map(({ id, patientId }) => ({
        action: 'read' as const,
        resourceType: 'Appointment',
        resourceId: id,
        patientId,
      })),
    )
    const words = await readWords(
      context,
      tx,
      rows.map((row) => ({ field: whyField(row), plain: null, sealed: row.whySealed })),
    )
    const colleagues = await namesOf(tx, actor.organizationId)
    return {
      visits,
      overbooked: rows.map((row, at) => ({
        appointmentId: row.id,
        clinician: spokenName(row),
        place: row.place,
        zone: row.zone,
        visitType: spoken(row.visitName, language) ?? '',
        startsAt: row.startsAt.toString(),
        status: row.status,
        reason: row.reason,
        why: words[at] ?? '',
        decidedBy: colleagues.get(row.decidedBy) ?? row.decidedBy,
        decidedAt: row.decidedAt.toString(),
        beside: row.beside === true,
      })),
    }
  })
}

function visitsOf(tx: Tx, actor: Actor, first: Temporal.PlainDate, last: Temporal.PlainDate) {
  // A day begins and ends within 14 hours of the same date in UTC; what is asked for is a report, not a bill.
  const at = (day: Temporal.PlainDate) => day.toZonedDateTime('UTC').toInstant()
  return visibleAppointments(tx, actor)
    .innerJoin('directory.location as l', (on) =>
      on.onRef('l.organizationId', '=', 'a.organizationId').onRef('l.id', '=', 'a.locationId'),
    )
    .where('a.startsAt', '>=', at(first))
    .where('a.startsAt', '<', at(last.add({ days: 1 })))
}

async function namesOf(tx: Tx, organizationId: string): Promise<Map<string, string>> {
  const people = await tx
    .selectFrom('people.person')
    .where('organizationId', '=', organizationId)
    .where('name', 'is not', null)
    .select(['id', 'name'])
    .execute()
  return new Map(people.map(({ id, name }) => [`person:${id}`, name ?? '']))
}
