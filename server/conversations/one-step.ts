/** Which visits were booked or changed in one step, and which of them one message can tell. */
import type { Tx } from '../platform/db.ts'
import { preferredContact } from './preferred-contact.ts'
import './tables.ts'

export type Step = 'booked' | 'moved' | 'cancelled'

interface Change {
  appointmentId: string
  version: number
}

/** All of the step that this change was part of, in the order of their plan; only itself for a visit that changed alone. */
export async function inOneStep(
  tx: Tx,
  { organizationId, step, ...own }: Change & { organizationId: string; step: Step },
): Promise<Change[]> {
  const changes =
    step === 'booked'
      ? await bookedWith(tx, organizationId, own)
      : await tx
          .selectFrom('scheduling.appointmentChange as own')
          .innerJoin('scheduling.appointmentChange as c', (on) =>
            on
              .onRef('c.organizationId', '=', 'own.organizationId')
              .onRef('c.togetherId', '=', 'own.togetherId')
              .onRef('c.kind', '=', 'own.kind'),
          )
          .leftJoin('scheduling.groupVisit as g', (on) =>
            on.onRef('g.organizationId', '=', 'c.organizationId').onRef('g.appointmentId', '=', 'c.appointmentId'),
          )
          .where('own.organizationId', '=', organizationId)
          .where('own.appointmentId', '=', own.appointmentId)
          .where('own.version', '=', own.version)
          .orderBy('g.position')
          .orderBy('c.appointmentId')
          .select(['c.appointmentId', 'c.version'])
          .execute()
  return changes.length > 0 ? changes : [own]
}

async function bookedWith(tx: Tx, organizationId: string, { appointmentId, version }: Change): Promise<Change[]> {
  const rows = await tx
    .selectFrom('scheduling.groupVisit as own')
    .innerJoin('scheduling.groupVisit as g', (on) =>
      on.onRef('g.organizationId', '=', 'own.organizationId').onRef('g.groupId', '=', 'own.groupId'),
    )
    .where('own.organizationId', '=', organizationId)
    .where('own.appointmentId', '=', appointmentId)
    .orderBy('g.position')
    .select('g.appointmentId')
    .execute()
  return rows.map((row) => ({ ...row, version }))
}

/** The patients of these changes whom some phone or email reaches, with the first choice of each. */
export async function reachable(tx: Tx, organizationId: string, changes: readonly Change[]) {
  const reached = []
  for (const { appointmentId, version } of changes) {
    const visit = await tx
      .selectFrom('scheduling.appointment')
      .where('organizationId', '=', organizationId)
      .where('id', '=', appointmentId)
      .select(['patientId', 'language', 'contactKind', 'contactValue'])
      .executeTakeFirst()
    if (!visit) continue
    const { patientId, language, contactKind, contactValue } = visit
    const contact =
      contactKind && contactValue
        ? { kind: contactKind, value: contactValue }
        : await preferredContact(tx, organizationId, patientId)
    if (contact) reached.push({ appointmentId, appointmentVersion: version, patientId, language, ...contact })
  }
  return reached
}

type Reached = Awaited<ReturnType<typeof reachable>>[number]

/** One email tells of a whole family; a text has room for one link, and a link opens the visits of one patient. */
export const goesWith = (one: Reached, other: Reached) =>
  one.kind === other.kind &&
  one.value === other.value &&
  one.language === other.language &&
  (one.kind === 'email' || one.patientId === other.patientId)
