/** `Appointment/$find` (IHE ITI-115): proposes the openings that fit, soonest first, from scheduling's index. */
import { accessPatient } from '../../people/index.ts'
import { Refusal } from '../../platform/errors.ts'
import { isId } from '../../platform/ids.ts'
import { appointmentResource } from '../resources/appointment.ts'
import { codesOf, type Asking, type Found } from '../resources/kind.ts'
import { countStarts, openStarts, type Wanted } from '../resources/open-starts.ts'
import { offeredByIds } from '../resources/offered.ts'
import { npisOf } from '../resources/practitioners.ts'
import { ceilMinute, instantOf, slotId } from '../resources/slots.ts'
import { spanOf } from '../wire/dates.ts'
import { badRequest, notSupported, remark } from '../wire/outcome.ts'
import { single, type Expected, type Parameters, type Reference } from '../wire/parameters.ts'
import { idIn, tokenOf } from '../wire/query.ts'
import { systems, visitTypes } from '../wire/resource.ts'

export const findParameters: Expected = {
  start: 'text',
  end: 'text',
  specialty: 'text',
  'visit-type': 'text',
  practitioner: 'reference',
  organization: 'reference',
  'location-string': 'text',
  'location-reference': 'reference',
  'patient-reference': 'reference',
  'patient-resource': 'resource',
  reason: 'unused',
  'referral-identifier': 'unused',
  timing: 'unused',
  'insurance-reference': 'unused',
}

/** Nothing is open further ahead than this. */
const mostDays = 500

/** What is looked for, in the form that a link to the next page keeps. */
export interface Search {
  wanted: Omit<Wanted, 'bornOn' | 'after'> & { bornOn?: string }
  asked: { start: string; end: string }
  unused: string[]
}

/** Reads the parameters; finds who is meant, and reads the patient in the trail. Refuses what cannot be read. */
export async function readSearch(asking: Asking, given: Parameters): Promise<Search> {
  const [start, end] = ['start', 'end'].map((name) => single(name, given.texts(name)))
  const from = start === undefined ? asking.now : spanOf(start, asking.zone).from
  const until = end === undefined ? asking.now.add({ hours: 24 * mostDays }) : spanOf(end, asking.zone).until
  if (Temporal.Instant.compare(from, until) >= 0) throw badRequest('bad_value', 'start comes before end.')
  const practitionerIds = await practitionersMeant(asking, given.references('practitioner'))
  const locationIds = idsMeant(asking, given.references('location-reference'), 'Location')
  const addresses = given.texts('location-string')
  const specialties = given.texts('specialty').map(tokenOf)
  const kindsOfVisit = given.texts('visit-type').map(tokenOf)
  const bornOn = await birthDate(asking, given)
  return {
    wanted: {
      from: ceilMinute(from),
      until: ceilMinute(until),
      ...(practitionerIds && { practitionerIds }),
      ...(locationIds && { locationIds }),
      ...(isElsewhere(asking, given.references('organization')) && { locationIds: [] }),
      ...(addresses.length > 0 && { addresses }),
      ...(specialties.length > 0 && { specialties: codesOf(specialties, systems.specialty) }),
      ...(kindsOfVisit.length > 0 && { visitTypes: codesOf(kindsOfVisit, visitTypes(asking.base)) }),
      ...(bornOn && { bornOn }),
    },
    asked: { start: from.toString(), end: until.toString() },
    unused: given.unused,
  }
}

/** A page of proposed appointments. Held and booked times are not in the index, and so never here. */
export async function find(
  asking: Asking,
  search: Search,
  page: { count: number; after?: Found['after'] },
): Promise<Found> {
  const { wanted, asked, unused } = search
  const { bornOn, ...rest } = wanted
  const all: Wanted = { ...rest, ...(bornOn && { bornOn: Temporal.PlainDate.from(bornOn) }) }
  const after = page.after && { minute: Number(page.after.order), offeringId: page.after.id }
  const [found, total] = await Promise.all([
    openStarts(asking, { ...all, after }, page.count + 1),
    countStarts(asking, all),
  ])
  const starts = found.slice(0, page.count)
  const visits = await offeredByIds(
    asking,
    starts.map(({ offeringId }) => offeringId),
  )
  const last = starts.at(-1)
  return {
    matches: starts.flatMap((start) => {
      const offered = visits.get(start.offeringId)
      if (!offered) return []
      const startsAt = instantOf(start.minute)
      const id = slotId(start)
      const endsAt = startsAt.add({ minutes: offered.minutes })
      return [
        appointmentResource(asking.base, offered, { id, status: 'proposed', startsAt, endsAt, slotId: id, asked }),
      ]
    }),
    total,
    ...(last && found.length > page.count && { after: { order: String(last.minute), id: last.offeringId } }),
    remarks: unused.map((name) => remark(`${name} was not used to choose these appointments.`, undefined, 'warning')),
  }
}

/** Ids of ours among references; undefined when none was given, so that nothing is narrowed. */
function idsMeant({ base }: Asking, references: readonly Reference[], type: string): string[] | undefined {
  if (references.length === 0) return undefined
  return references.flatMap(({ reference }) => (reference === undefined ? [] : (idIn(reference, type, base) ?? [])))
}

/** By reference, or by NPI. */
async function practitionersMeant(asking: Asking, references: readonly Reference[]): Promise<string[] | undefined> {
  const ids = idsMeant(asking, references, 'Practitioner')
  const tokens = references.flatMap(({ identifier }) =>
    identifier?.value === undefined ? [] : [{ system: identifier.system, code: identifier.value }],
  )
  if (tokens.length === 0) return ids
  const rows = await asking.tx
    .selectFrom('directory.practitioner')
    .where('organizationId', '=', asking.actor.organizationId)
    .where('npi', 'in', ['', ...npisOf(tokens)])
    .select('id')
    .execute()
  return [...(ids ?? []), ...rows.map(({ id }) => id)]
}

function isElsewhere({ actor, base }: Asking, references: readonly Reference[]): boolean {
  const ids = references.map(({ reference }) => reference && idIn(reference, 'Organization', base))
  return ids.length > 0 && !ids.includes(actor.organizationId)
}

/** Age decides who may come; nothing else of the patient is used. More than one patient would be a group visit. */
async function birthDate(asking: Asking, given: Parameters): Promise<string | undefined> {
  const references = given.references('patient-reference')
  const resources = given.resources('patient-resource')
  if (references.length + resources.length > 1)
    throw notSupported('Visits for several patients at once can not be found here yet.')
  const [resource] = resources
  if (resource) return isDay(resource['birthDate']) ? resource['birthDate'] : undefined
  const [patient] = references
  if (!patient) return undefined
  const id = patient.reference === undefined ? undefined : idIn(patient.reference, 'Patient', asking.base)
  if (id === undefined || !isId(id)) throw new Refusal(404, 'not_found', 'No such patient.')
  return (await accessPatient(asking.tx, asking.actor, id)).bornOn?.toString()
}

const isDay = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
