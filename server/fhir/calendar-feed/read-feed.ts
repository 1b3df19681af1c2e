/** A clinician's visits as a calendar (RFC 5545): when, how long and where. Who comes, and why, is never in it. */
import ical, { ICalEventClass, ICalEventStatus } from 'ical-generator'
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import type { Language } from '../../platform/endpoint.ts'
import { notFound } from '../../platform/errors.ts'
import { sha256 } from '../../platform/ids.ts'
import { timezoneBlock } from '../../conversations/index.ts'

const [daysBack, daysAhead, mostVisits] = [30, 180, 5000]

interface Visit {
  id: string
  version: number
  status: 'booked' | 'cancelled'
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  mode: 'in_person' | 'video'
  placeName: string
  zone: string
  language: Language
  madeAt: Temporal.Instant
}

/** Refuses as not found an address that was ended, or whose colleague left, is no clinician any more, or lost that day. */
export async function readFeed({ db, now }: Context, organizationId: string, token: string): Promise<string> {
  const at = now()
  // The address is the credential; what it opens is read in the role of the staff's own pages.
  const actor: Actor = { role: 'clinician', organizationId, id: 'calendar-feed', patientIds: [] }
  const visits = await within(db, actor, async (tx) => {
    const { rows: feeds } = await sql<{ practitionerId: string; language: Language }>`
      select f.practitioner_id, f.language from fhir.calendar_feed f
      join people.person p on p.organization_id = f.organization_id and p.id = f.person_id and p.ended_at is null
      join people.staff_role r on r.organization_id = f.organization_id and r.person_id = f.person_id and r.role = 'clinician'
        and r.ended_at is null
      join scheduling.works_with w on w.organization_id = f.organization_id and w.person_id = f.person_id
        and w.practitioner_id = f.practitioner_id
      where f.organization_id = ${organizationId} and f.token_hash = ${sha256(token)} and f.ended_at is null`.execute(
      tx,
    )
    const [feed] = feeds
    if (!feed) throw notFound('calendar')
    const { rows } = await sql<Visit>`
      select a.id, a.version, a.status, a.starts_at, a.ends_at, a.mode, l.name as place_name, l.zone,
        ${feed.language} as language,
        greatest(a.booked_at, (select max(c.changed_at) from scheduling.appointment_change c
          where c.organization_id = a.organization_id and c.appointment_id = a.id)) as made_at
      from scheduling.appointment a
      join directory.location l on l.organization_id = a.organization_id and l.id = a.location_id
      where a.organization_id = ${organizationId} and a.practitioner_id = ${feed.practitionerId}
        and a.starts_at between ${at.subtract({ hours: daysBack * 24 })} and ${at.add({ hours: daysAhead * 24 })}
      order by a.starts_at, a.id limit ${mostVisits}`.execute(tx)
    return rows
  })
  return calendarOf(visits, at)
}

const words = {
  en: { visit: (minutes: number) => `Visit, ${minutes} min`, video: 'Video' },
  es: { visit: (minutes: number) => `Consulta, ${minutes} min`, video: 'Video' },
} as const

function calendarOf(visits: readonly Visit[], now: Temporal.Instant): string {
  const calendar = ical({
    prodId: { company: 'Attend', product: 'Attend', language: 'EN' },
    scale: 'GREGORIAN',
    timezone: { name: null, generator: (zone) => timezoneBlock(zone, now) },
  })
  for (const visit of visits) {
    const say = words[visit.language]
    calendar.createEvent({
      id: visit.id,
      sequence: visit.version,
      stamp: visit.madeAt,
      start: visit.startsAt,
      end: visit.endsAt,
      timezone: visit.zone === 'UTC' ? null : visit.zone,
      summary: say.visit(Math.round(visit.startsAt.until(visit.endsAt).total('minutes'))),
      location: visit.mode === 'video' ? say.video : visit.placeName,
      status: visit.status === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      class: ICalEventClass.PRIVATE,
    })
  }
  return `${calendar.toString()}\r\n`
}
