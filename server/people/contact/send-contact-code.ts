/** Makes a one-time code and has it sent: the same reply for contacts we know and those we do not; never too many. */
import { sql } from 'kysely'
import { system, type Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import type { Language } from '../../platform/endpoint.ts'
import { tooMany } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { codeHash, codeLimits, newCode, sealCode } from './code.ts'
import { readContact } from './address.ts'
import type { ContactTarget } from '../contract.ts'
import '../tables.ts'

/**
 * Gives the id to prove the code with, and until when. Looks at no patient, so it cannot tell who is one. Refuses
 * `phone`, and `too_many_tries` with the seconds to wait when this contact or the whole clinic was sent too many.
 */
export async function sendContactCode(
  context: Context,
  actor: Actor,
  { to, language }: { to: ContactTarget; language: Language },
) {
  const { db, keys, now, announce } = context
  const { organizationId } = actor
  const contact = readContact(to)
  const id = newId()
  const code = newCode()
  const at = now()
  const expiresAt = at.add({ minutes: codeLimits.goodForMinutes })
  await within(db, byCode(actor), async (tx) => {
    await refuseTooMany(tx, organizationId, contact.value, at)
    await tx
      .insertInto('people.contactCode')
      .values({
        organizationId,
        id,
        ...contact,
        language,
        codeHash: codeHash(keys, id, code),
        sealedCode: sealCode(keys, id, code),
        createdAt: at,
        expiresAt,
      })
      .execute()
    await audit(tx, byCode(actor), { action: 'create', resourceType: 'ContactCode', resourceId: id, purpose: 'OPS' })
    await announce(tx, 'contact-code.made', { organizationId, contactCodeId: id })
  })
  return { id, expiresAt: expiresAt.toString() }
}

/** The visitor may not touch the table of codes; the product does it for them, and nothing else. */
export const byCode = (actor: Actor): Actor => ({
  ...system(actor.organizationId, 'contact-code'),
  ...(actor.requestId !== undefined && { requestId: actor.requestId }),
})

/** Each code costs the clinic money and a stranger their peace: both are capped, one sender at a time so that none slips by. */
async function refuseTooMany(tx: Tx, organizationId: string, value: string, now: Temporal.Instant) {
  await sql`select pg_advisory_xact_lock(hashtextextended('people.contact-code ' || ${organizationId}::text, 0))`.execute(
    tx,
  )
  const sinceContact = now.subtract({ minutes: codeLimits.perContactMinutes })
  const recent = await tx
    .selectFrom('people.contactCode')
    .where('organizationId', '=', organizationId)
    .where('value', '=', value)
    .where('createdAt', '>', sinceContact)
    .select('createdAt')
    .orderBy('createdAt', 'desc')
    .limit(codeLimits.perContact)
    .execute()
  const oldest = recent[codeLimits.perContact - 1]?.createdAt
  if (oldest) throw refusal(oldest.since(sinceContact))
  const sinceMinute = now.subtract({ minutes: 1 })
  const { count } = await tx
    .selectFrom('people.contactCode')
    .where('organizationId', '=', organizationId)
    .where('createdAt', '>', sinceMinute)
    .select((of) => of.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  if (count >= codeLimits.perOrganizationMinute) throw refusal(Temporal.Duration.from({ seconds: 60 }))
}

const refusal = (wait: Temporal.Duration) =>
  tooMany(
    'Too many codes were asked for. Wait a little, then try again, or call us.',
    Math.max(1, Math.ceil(wait.total('seconds'))),
  )
