/** Accepts to act for somebody: with the link, and a code to the contact that the invitation names. Once. */
import { system, type Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import type { Language } from '../../platform/endpoint.ts'
import { invalid } from '../../platform/errors.ts'
import { ownerOf } from '../account/own-account.ts'
import { masked } from '../account/invite-patient.ts'
import type { Contact } from '../contact/address.ts'
import { readProof } from '../contact/proof.ts'
import { proveContact } from '../contact/prove-contact.ts'
import { sendContactCode } from '../contact/send-contact-code.ts'
import { countTry } from '../sign-in/throttle.ts'
import type { Visitor } from '../sign-in/visitor.ts'
import { grantsWithStanding } from './acting.ts'
import { isBlocked } from './block-proxy.ts'
import { grantIdOf } from './invite-proxy.ts'

const over = () =>
  invalid('invitation_over', 'This invitation does not work any more. Ask for a new one.', { instead: 'ask_again' })

/** The product reads the invitation for a person who may not see the patient yet. */
const byInvitation = ({ organizationId, requestId }: Actor): Actor => ({
  ...system(organizationId, 'proxy-invitation'),
  ...(requestId !== undefined && { requestId }),
})

async function readInvitation(context: Context, tx: Tx, organizationId: string, token: string) {
  const id = grantIdOf(context.keys, organizationId, token)
  if (id === undefined) throw over()
  const [found] = await grantsWithStanding(context, tx, organizationId, (all) =>
    all.where('g.id', '=', id).where('g.personId', 'is', null).where('g.acceptUntil', '>', context.now()),
  )
  if (!found?.stands || found.contactKind === null || found.contactValue === null) throw over()
  const contact: Contact = { kind: found.contactKind, value: found.contactValue }
  return { ...found, contact }
}

/** Refuses `invitation_over`, `too_many_tries`. */
export async function openProxyInvitation(
  context: Context,
  visitor: Visitor,
  { token, language }: { token: string; language: Language },
) {
  const { actor, organizationId, address } = visitor
  const forget = await countTry(context, { organizationId, address, account: `proxy ${actor.id}` })
  const { contact } = await within(context.db, byInvitation(actor), (tx) =>
    readInvitation(context, tx, organizationId, token),
  )
  await forget()
  const { id, expiresAt } = await sendContactCode(context, actor, { to: contact, language })
  return { codeId: id, sentTo: masked(contact), expiresAt }
}

/** Refuses `invitation_over` (for a blocked person too), `wrong_code`, `code_over`, `other_contact`, `own_record`. */
export async function acceptProxyInvitation(
  context: Context,
  actor: Actor,
  { token, codeId, code }: { token: string; codeId: string; code: string },
) {
  const { organizationId, personId } = ownerOf(actor)
  const proof = await proveContact(context, actor, codeId, code)
  const proved = readProof(context, organizationId, proof)
  await within(context.db, byInvitation(actor), async (tx) => {
    const { id, patientId, contact } = await readInvitation(context, tx, organizationId, token)
    if (contact.kind !== proved.kind || contact.value !== proved.value)
      throw invalid('other_contact', 'This code was sent to another phone or email than the invitation says.')
    if (actor.patientIds.includes(patientId)) throw invalid('own_record', 'This is your own record: it is open to you.')
    if (await isBlocked(tx, { organizationId, patientId, personId })) throw over()
    await endEarlier(context, tx, { organizationId, patientId, personId })
    const used = await tx
      .updateTable('people.proxyGrant')
      .set({ personId, acceptedAt: context.now() })
      .where('organizationId', '=', organizationId)
      .where('id', '=', id)
      .where('personId', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (!used) throw over()
    await audit(
      tx,
      { ...actor, actingFor: patientId },
      { action: 'update', resourceType: 'ProxyGrant', resourceId: id, patientId, fields: ['person'] },
    )
    await context.announce(tx, 'proxy.changed', { organizationId, patientId, grantId: id, change: 'accepted' })
  })
  return { accepted: true }
}

interface Pair {
  organizationId: string
  patientId: string
  personId: string
}

/** What is given anew takes the place of what was given before. */
export async function endEarlier({ now }: Context, tx: Tx, { organizationId, patientId, personId }: Pair) {
  await tx
    .updateTable('people.proxyGrant')
    .set({ endedAt: now(), endedBy: 'system:given-anew' })
    .where('organizationId', '=', organizationId)
    .where('patientId', '=', patientId)
    .where('personId', '=', personId)
    .where('endedAt', 'is', null)
    .execute()
}
