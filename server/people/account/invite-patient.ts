/** The clinic's word that a patient may have an account: a signed link, good once, and a contact on record that proves them. */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import { invalid, notFound } from '../../platform/errors.ts'
import { isId, newId, sign, verified, type Keys } from '../../platform/ids.ts'
import { accessPatient, recordIds } from '../access.ts'
import type { Contact } from '../contact/address.ts'
import '../sign-in/tables.ts'

const goodForDays = 7

/** Refuses `not_found`, and `no_contact` when the record has no such contact to send a code to. */
export async function invitePatient(
  { db, now, keys, config }: Context,
  actor: Actor,
  patientId: string,
  kind: 'phone' | 'email',
) {
  const { organizationId } = actor
  return within(db, actor, async (tx) => {
    const patient = await accessPatient(tx, actor, patientId)
    if (patient.diedAt !== null) throw notFound('patient')
    const contact = await tx
      .selectFrom('people.patientContact')
      .where('organizationId', '=', organizationId)
      .where('patientId', 'in', await recordIds(tx, organizationId, patientId))
      .where('kind', '=', kind)
      .select(['kind', 'value'])
      .orderBy('verifiedAt', (order) => order.desc().nullsLast())
      .orderBy('value')
      .limit(1)
      .executeTakeFirst()
    if (!contact) throw invalid('no_contact', 'The record has no such contact. Add it first, when the patient is here.')
    const id = newId()
    const expiresAt = now().add({ hours: goodForDays * 24 })
    await tx
      .insertInto('people.invitation')
      .values({
        organizationId,
        id,
        patientId,
        contactKind: contact.kind,
        contactValue: contact.value,
        madeAt: now(),
        madeBy: actor.id,
        expiresAt,
      })
      .execute()
    await audit(tx, actor, { action: 'create', resourceType: 'Invitation', resourceId: id, patientId, purpose: 'OPS' })
    const token = sign(keys.of('invitation'), `${organizationId} ${id}`)
    return { id, url: `${config.publicUrl}/join#${token}`, sentTo: masked(contact), expiresAt: expiresAt.toString() }
  })
}

/** The invitation that a token names; undefined for anything that was not signed here, for this organization. */
export function invitationIdOf(keys: Keys, organizationId: string, token: string): string | undefined {
  const [organization, id = ''] = verified(keys.all('invitation'), token)?.split(' ') ?? []
  return organization === organizationId && isId(id) ? id : undefined
}

/** Enough to know one's own contact by, too little to learn another's. Pure. */
export function masked({ kind, value }: Contact): string {
  if (kind === 'phone') return `••• ${value.slice(-2)}`
  const [name = '', domain = ''] = value.split('@')
  return `${name.slice(0, 1)}•••@${domain.slice(0, 1)}•••`
}
