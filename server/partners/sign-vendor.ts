/** Enters what an administrator has on paper: an agreement in whole days, and the vendor where it is new. */
import type { Static } from 'typebox'
import type { Actor } from '../platform/actor.ts'
import type { Context } from '../platform/context.ts'
import { within } from '../platform/db.ts'
import { invalid } from '../platform/errors.ts'
import type { signVendor as asked } from './contract.ts'
import { enterVendor, signAgreement } from './register.ts'

/** The agreement's id. Refuses `vendor_there`, `ends_before` it begins, and `agreement_over` when it ended before today. */
export async function signVendor({ db, now }: Context, actor: Actor, signed: Static<typeof asked.body>) {
  const { service, dataClasses, firstDay, lastDay } = signed
  const at = now()
  const validUntil = startOf(lastDay, 1)
  if (Temporal.Instant.compare(validUntil, at) <= 0)
    throw invalid('agreement_over', 'This agreement is over already: enter one that still holds.')
  return within(db, actor, async (tx) => {
    const vendorId = await enterVendor(tx, actor, at, { service, name: signed.name.trim(), kind: 'outside' })
    return signAgreement(tx, actor, at, {
      vendorId,
      dataClasses,
      validFrom: firstDay === undefined ? at : startOf(firstDay),
      validUntil,
      signedBy: signed.signedBy.trim(),
      evidence: signed.evidence.trim(),
    })
  })
}

/** An agreement's days are told in UTC, as on the command line. */
const startOf = (day: string, daysLater = 0) =>
  Temporal.PlainDate.from(day).add({ days: daysLater }).toZonedDateTime('UTC').toInstant()
