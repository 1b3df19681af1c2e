/** Takes in the weekly hours of many clinicians from a file: adds what is new, and takes nothing away. */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { reindexAll } from '../openings/calendar.ts'
import { takeTurns } from '../resources/turns.ts'
import { isSame, overlaps, readHoursLines, type BrokenLine, type Hours, type HoursLine } from './hours-lines.ts'
import '../tables.ts'

export interface HoursImport {
  /** Nothing is taken in unless every line is right. */
  whole: boolean
  onProgress?: (done: number, of: number) => void
}

export interface HoursSummary {
  added: number
  unchanged: number
  broken: BrokenLine[]
}

interface Known extends Hours {
  line: number
}

/**
 * The clinicians one after the other, each in their turn and in a transaction of their own: stopped half way it goes on
 * when the file is given again, for what is there already is left as it is. `whole` is one transaction.
 */
export async function importHours(
  context: Context,
  actor: Actor,
  text: string,
  { whole, onProgress }: HoursImport,
): Promise<HoursSummary> {
  const read = readHoursLines(text)
  const found = await within(context.db, actor, (tx) => resolve(tx, actor, read.lines))
  const broken = [...read.broken, ...found.broken]
  const clinicians = [...found.hours].sort(([one], [other]) => (one < other ? -1 : 1))
  const of = read.lines.length
  const summary: HoursSummary = { added: 0, unchanged: 0, broken }
  let done = found.broken.length
  const take = async (tx: Tx, practitionerId: string, lines: readonly Known[]) => {
    const taken = await takeIn(context, tx, actor, { practitionerId, lines })
    summary.added += taken.added
    summary.unchanged += lines.length - taken.added - taken.broken.length
    broken.push(...taken.broken)
    done += lines.length
    onProgress?.(done, of)
  }
  if (!whole) for (const [id, lines] of clinicians) await within(context.db, actor, (tx) => take(tx, id, lines))
  else if (broken.length === 0)
    await within(context.db, actor, async (tx) => {
      await takeTurns(tx, actor.organizationId, { practitionerIds: clinicians.map(([id]) => id) })
      for (const [id, lines] of clinicians) await take(tx, id, lines)
      if (broken.length > 0) throw notWhole
    }).catch((error: unknown) => {
      if (error !== notWhole) throw error
      Object.assign(summary, { added: 0, unchanged: 0 })
    })
  broken.sort((one, other) => one.line - other.line)
  return summary
}

/** Thrown inside the transaction: nothing of a file with a broken line is kept. */
const notWhole = new Error('not whole')

/** Who and where each line means. */
async function resolve(tx: Tx, { organizationId }: Actor, lines: readonly HoursLine[]) {
  const roles = await tx
    .selectFrom('directory.practitionerRole as r')
    .innerJoin('directory.practitioner as p', (on) =>
      on.onRef('p.organizationId', '=', 'r.organizationId').onRef('p.id', '=', 'r.practitionerId'),
    )
    .innerJoin('directory.location as l', (on) =>
      on.onRef('l.organizationId', '=', 'r.organizationId').onRef('l.id', '=', 'r.locationId'),
    )
    .where('r.organizationId', '=', organizationId)
    .select(['p.id', 'p.npi', 'l.id as locationId', 'l.name as place'])
    .execute()
  const clinicianOf = new Map(roles.flatMap(({ id, npi }) => [[id, id] as const, ...(npi ? [[npi, id] as const] : [])]))
  const placesOf = new Map<string, Set<string>>()
  for (const { locationId, place } of roles)
    for (const name of [locationId, place]) placesOf.set(name, (placesOf.get(name) ?? new Set()).add(locationId))
  const works = new Set(roles.map(({ id, locationId }) => `${id} ${locationId}`))
  const hours = new Map<string, Known[]>()
  const broken: BrokenLine[] = []
  for (const { clinician, place, ...line } of lines) {
    const id = clinicianOf.get(clinician)
    const [locationId, ...others] = placesOf.get(place) ?? []
    const reason =
      id === undefined
        ? `knows no clinician '${clinician}'`
        : locationId === undefined
          ? `knows no place '${place}'`
          : others.length > 0
            ? `there are several places called '${place}': write the id of one`
            : works.has(`${id} ${locationId}`)
              ? undefined
              : `the clinician does not work at '${place}'`
    if (reason !== undefined || id === undefined || locationId === undefined)
      broken.push({ line: line.line, reason: reason ?? '' })
    else hours.set(id, [...(hours.get(id) ?? []), { ...line, locationId }])
  }
  return { hours, broken }
}

interface Taking {
  practitionerId: string
  lines: readonly Known[]
}

async function takeIn(context: Context, tx: Tx, actor: Actor, { practitionerId, lines }: Taking) {
  const { organizationId } = actor
  await takeTurns(tx, organizationId, { practitionerIds: [practitionerId] })
  const rows = await tx
    .selectFrom('scheduling.weeklyRule')
    .where('organizationId', '=', organizationId)
    .where('practitionerId', '=', practitionerId)
    .selectAll()
    .execute()
  const standing: (Hours & { line?: number })[] = rows.map((row) => ({
    ...row,
    validFrom: row.validFrom.toString(),
    validUntil: row.validUntil?.toString() ?? null,
  }))
  const added: Hours[] = []
  const broken: BrokenLine[] = []
  for (const one of lines) {
    if (standing.some((other) => isSame(one, other))) continue
    const other = standing.find((hours) => overlaps(one, hours))
    if (other) {
      const rival = other.line === undefined ? 'hours that the clinician has' : `line ${other.line}`
      broken.push({ line: one.line, reason: `overlaps ${rival}` })
      continue
    }
    standing.push(one)
    added.push(one)
  }
  if (added.length === 0) return { added: 0, broken }
  await tx
    .insertInto('scheduling.weeklyRule')
    .values(
      added.map(({ locationId, weekday, fromMinute, untilMinute, validFrom, validUntil }) => ({
        organizationId,
        practitionerId,
        locationId,
        weekday,
        fromMinute,
        untilMinute,
        validFrom: Temporal.PlainDate.from(validFrom),
        validUntil: validUntil === null ? null : Temporal.PlainDate.from(validUntil),
      })),
    )
    .execute()
  await reindexAll(tx, organizationId, practitionerId, context.now())
  await audit(tx, actor, { action: 'create', resourceType: 'Schedule', resourceId: practitionerId, fields: ['hours'] })
  return { added: added.length, broken }
}
