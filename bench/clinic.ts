/** A clinic to measure in: clinicians with office hours who offer visits, and patients, made by the product's own code. */
import { newId } from '../server/platform/ids.ts'
import { defineVisitType, offerVisit, reindexAll, relist, setWeeklyHours } from '../server/scheduling/index.ts'
import type { Stage } from './stage.ts'

/** Mondays to Fridays, 8 to 12 and 13 to 17. */
const hours = [1, 2, 3, 4, 5].flatMap((weekday) => [
  { weekday, fromMinute: 8 * 60, untilMinute: 12 * 60 },
  { weekday, fromMinute: 13 * 60, untilMinute: 17 * 60 },
])

export interface BenchClinician {
  id: string
  /** Half-hour visits. */
  office: string
  /** Hour-long visits that start each half hour: they overlap two of the others. */
  long: string
}

/** So many clinicians, and 50 patients who may be booked for by a program. */
export async function fillClinic(stage: Stage, count: number) {
  const { organizationId, write } = stage
  const now = Temporal.Now.instant()
  const types = await write(async (tx) => ({
    office: await defineVisitType(tx, organizationId, {
      code: 'office-visit',
      name: { en: 'Office visit', es: 'Consulta' },
      bring: { en: ['Your medicines'], es: ['Sus medicinas'] },
      position: 1,
    }),
    long: await defineVisitType(tx, organizationId, {
      code: 'physical',
      name: { en: 'Physical', es: 'Examen físico' },
      position: 2,
    }),
  }))
  const locationId = newId()
  await write((tx) =>
    tx
      .insertInto('directory.location')
      .values({
        organizationId,
        id: locationId,
        name: 'River Street',
        city: 'Boston',
        state: 'MA',
        postcode: '02110',
        latitude: 42.357,
        longitude: -71.05,
        zone: 'America/New_York',
      })
      .execute(),
  )
  const clinicians: BenchClinician[] = []
  for (let number = 0; number < count; number++) {
    const id = newId()
    const roleId = newId()
    clinicians.push(
      await write(async (tx) => {
        await tx
          .insertInto('directory.practitioner')
          .values({
            organizationId,
            id,
            givenName: 'Ada',
            familyName: `Number${number}`,
            prefix: 'Dr.',
            searchName: `ada number${number}`,
            gender: 'female',
            languages: ['en'],
          })
          .execute()
        await tx
          .insertInto('directory.practitionerRole')
          .values({ organizationId, id: roleId, practitionerId: id, locationId, specialties: ['207Q00000X'] })
          .execute()
        await setWeeklyHours(
          tx,
          organizationId,
          { practitionerId: id, locationId, validFrom: Temporal.PlainDate.from('2020-01-01') },
          hours,
        )
        const offer = (visitTypeId: string, minutes: number) =>
          offerVisit(tx, organizationId, {
            practitionerRoleId: roleId,
            visitTypeId,
            minutes,
            stepMinutes: 30,
            minNoticeMinutes: 60,
          })
        const clinician = { id, office: await offer(types.office, 30), long: await offer(types.long, 60) }
        await relist(tx, organizationId, id)
        await reindexAll(tx, organizationId, id, now)
        return clinician
      }),
    )
  }
  const patientIds = await addPatients(stage)
  await stage.sql('analyze')
  return { clinicians, patientIds, locationId }
}

/** Fifty patients who may be booked for by a program. */
export async function addPatients({ organizationId, write }: Stage): Promise<string[]> {
  const patientIds = Array.from({ length: 50 }, newId)
  await write((tx) =>
    tx
      .insertInto('people.patient')
      .values(
        patientIds.map((id, number) => ({
          organizationId,
          id,
          givenName: 'Pat',
          familyName: `Number${number}`,
          searchName: `pat number${number}`,
          bornOn: Temporal.PlainDate.from('1980-05-17'),
          origin: 'staff' as const,
        })),
      )
      .execute(),
  )
  return patientIds
}

export interface Opening {
  offeringId: string
  /** RFC 3339. */
  startsAt: string
}

/** Every opening of these offerings as the index has it, soonest first, neighbours in the list being of different clinicians. */
export async function openingsOf(stage: Stage, offeringIds: readonly string[]): Promise<Opening[]> {
  const rows = await stage.sql<{ offering_id: string; starts: number[] }>(
    `select offering_id, array_agg(s order by s) as starts from scheduling.opening, unnest(starts) s
     where offering_id = any ($1) and s > extract(epoch from now()) / 60 + 180 group by 1 order by 1`,
    [offeringIds],
  )
  const most = Math.max(...rows.map(({ starts }) => starts.length))
  return Array.from({ length: most }, (_, turn) =>
    rows.flatMap(({ offering_id, starts }) => {
      const minute = starts[turn]
      return minute === undefined ? [] : [{ offeringId: offering_id, startsAt: instantOf(minute) }]
    }),
  ).flat()
}

export const instantOf = (minute: number) => Temporal.Instant.fromEpochMilliseconds(minute * 60_000).toString()

/** Fails the case when anybody was double booked, or a visit has no time of its own, or no trail. */
export async function checkBookings(stage: Stage, expected: number) {
  const [found] = await stage.sql<{ visits: number; taken: number; overlaps: number; trailed: number }>(`select
    (select count(*) from scheduling.appointment)::int as visits,
    (select count(*) from scheduling.taken_time where appointment_id is not null)::int as taken,
    (select count(*) from scheduling.appointment a join scheduling.appointment b on a.practitioner_id = b.practitioner_id
      and a.id < b.id and a.starts_at < b.ends_at and b.starts_at < a.ends_at)::int as overlaps,
    (select count(distinct resource_id) from platform.audit_event where action = 'create' and resource_type = 'Appointment')::int as trailed`)
  const { visits, taken, overlaps, trailed } = found ?? { visits: -1, taken: -1, overlaps: -1, trailed: -1 }
  if (overlaps !== 0 || visits !== expected || taken !== expected || trailed !== expected)
    throw new Error(
      `bookings are wrong: ${expected} were answered, ${visits} are visits, ${taken} have their time, ${trailed} a trail, ${overlaps} overlap`,
    )
}
