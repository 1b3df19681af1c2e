/** How the messages about a visit fared, for staff; and the development mailbox. */
import { system, type Actor } from '../platform/actor.ts'
import type { Context } from '../platform/context.ts'
import { within } from '../platform/db.ts'
import { accessAppointment } from '../scheduling/index.ts'
import './tables.ts'

export async function readVisitMessages({ db }: Context, actor: Actor, appointmentId: string) {
  return within(db, actor, async (tx) => {
    await accessAppointment(tx, actor, appointmentId)
    const rows = await tx
      .selectFrom('conversations.message')
      .where('organizationId', '=', actor.organizationId)
      .where('appointmentId', '=', appointmentId)
      .orderBy('plannedAt')
      .orderBy('id')
      .select(['id', 'step', 'channel', 'language', 'status', 'cause', 'tries', 'plannedAt', 'sentAt'])
      .execute()
    return rows.map((row) => ({ ...row, plannedAt: row.plannedAt.toString(), sentAt: row.sentAt?.toString() ?? null }))
  })
}

/** The newest hundred messages that never left this machine. */
export async function readMailbox({ db }: Context, actor: Actor) {
  return within(db, system(actor.organizationId, 'mailbox'), async (tx) => {
    const rows = await tx
      .selectFrom('conversations.localMailbox')
      .where('organizationId', '=', actor.organizationId)
      .orderBy('storedAt', 'desc')
      .orderBy('id', 'desc')
      .limit(100)
      .select(['id', 'channel', 'recipient', 'subject', 'text', 'html', 'calendar', 'storedAt'])
      .execute()
    return rows.map((row) => ({ ...row, storedAt: row.storedAt.toString() }))
  })
}
