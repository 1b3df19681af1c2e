/** Joins an account to the record it was invited to: with the link, and a code to the contact on record. Once. */
import type { Actor } from '../../platform/actor.ts'
import { system } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import type { Language } from '../../platform/endpoint.ts'
import { invalid } from '../../platform/errors.ts'
import type { Contact } from '../contact/address.ts'
import { readProof } from '../contact/proof.ts'
import { proveContact } from '../contact/prove-contact.ts'
import { sendContactCode } from '../contact/send-contact-code.ts'
import { countTry } from '../sign-in/throttle.ts'
import type { Visitor } from '../sign-in/visitor.ts'
import { invitationIdOf, masked } from './invite-patient.ts'
import { joinAccount } from './join-account.ts'
import { ownerOf } from './own-account.ts'

const over = () =>
  invalid('invitation_over', 'This invitation does not work any more. Ask the clinic for a new one.', {
    instead: 'call',
  })

/** The product reads the invitation for the patient, whose role may not: nothing of it is told but where the code went. */
const byInvitation = ({ organizationId, requestId }: Actor): Actor => ({
  ...system(organizationId, 'invitation'),
  ...(requestId !== undefined && { requestId }),
})

async function readInvitation(context: Context, tx: Tx, organizationId: string, token: string) {
  const id = invitationIdOf(context.keys, organizationId, token)
  if (id === undefined) throw over()
  const found = await tx
    .selectFrom('people.invitation')
    .where('organizationId', '=', organizationId)
    .where('id', '=', id)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', context.now())
    .select(['id', 'patientId', 'contactKind', 'contactValue'])
    .executeTakeFirst()
  if (!found) throw over()
  const contact: Contact = { kind: found.contactKind, value: found.contactValue }
  return { id: found.id, patientId: found.patientId, contact }
}

/** Refuses `invitation_over`, `too_many_tries`. */
export async function openInvitation(
  context: Context,
  visitor: Visitor,
  { token, language }: { token: string; language: Language },
) {
  const { actor, organizationId, address } = visitor
  const forget = await countTry(context, { organizationId, address, account: `join ${actor.id}` })
  const { contact } = await within(context.db, byInvitation(actor), (tx) =>
    readInvitation(context, tx, organizationId, token),
  )
  await forget()
  const { id, expiresAt } = await sendContactCode(context, actor, { to: contact, language })
  return { codeId: id, sentTo: masked(contact), expiresAt }
}

/** Refuses `invitation_over`, `wrong_code`, `code_over`; and `other_contact` for a code to another contact. */
export async function acceptInvitation(
  context: Context,
  actor: Actor,
  { token, codeId, code }: { token: string; codeId: string; code: string },
) {
  const { organizationId } = actor
  const owner = ownerOf(actor)
  const proof = await proveContact(context, actor, codeId, code)
  const proved = readProof(context, organizationId, proof)
  await within(context.db, byInvitation(actor), async (tx) => {
    const { id, patientId, contact } = await readInvitation(context, tx, organizationId, token)
    if (contact.kind !== proved.kind || contact.value !== proved.value)
      throw invalid('other_contact', 'This code was sent to another phone or email than the invitation says.')
    const used = await tx
      .updateTable('people.invitation')
      .set({ usedAt: context.now(), usedBy: owner.personId })
      .where('organizationId', '=', organizationId)
      .where('id', '=', id)
      .where('usedAt', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (!used) throw over()
    await joinAccount(context, tx, { ...owner, patientId, basis: 'invitation' })
    await audit(tx, actor, { action: 'create', resourceType: 'PatientAccount', resourceId: id, patientId })
  })
  return { joined: true }
}
