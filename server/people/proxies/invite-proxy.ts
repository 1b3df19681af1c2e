/** A link for somebody to act for a patient: given by the patient to an adult they trust, or by the front desk on evidence. */
import type { Actor, ProxyScope } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { invalid, notFound } from '../../platform/errors.ts'
import { isId, newId, sign, verified, type Keys } from '../../platform/ids.ts'
import { accessPatient } from '../access.ts'
import { readAccessRules } from '../access-rules.ts'
import { masked } from '../account/invite-patient.ts'
import { requireFreshProof } from '../account/own-account.ts'
import { readContact } from '../contact/address.ts'
import type { ContactTarget } from '../contract.ts'
import { sealWords } from '../../platform/vault/words.ts'
import { grantField } from '../sealed.ts'
import { readOrganization } from '../organization.ts'
import { isChild } from './standing.ts'
import type { Basis } from './tables.ts'

const goodForDays = 7

interface Invitation {
  name: string
  contact: ContactTarget
  scopes: readonly ProxyScope[]
  until?: string
}

/** Refuses `prove_again`, `no_record`, `child` for one who is not of age, `until` for an end that has passed. */
export async function inviteProxy(context: Context, actor: Actor, invitation: Invitation) {
  requireFreshProof(context, actor)
  const [patientId] = actor.patientIds
  if (patientId === undefined)
    throw invalid('no_record', 'Your account is not joined to a record yet.', { instead: 'join' })
  return within(context.db, actor, async (tx) => {
    if (await isStillChild(context, tx, actor, patientId))
      throw invalid('child', 'Somebody of your age asks the clinic for this. Call us.', { instead: 'call' })
    return writeInvitation(context, tx, actor, { ...invitation, patientId, basis: 'chosen' })
  })
}

interface Given extends Invitation {
  basis: Basis
  evidence: string
}

/** Refuses `not_found`; `not_a_child` for a parent of somebody of age, or of somebody whose birth date nobody knows. */
export async function giveProxy(context: Context, actor: Actor, patientId: string, given: Given) {
  return within(context.db, actor, async (tx) => {
    await refuseParentOfAdult(context, tx, actor, { patientId, basis: given.basis })
    return writeInvitation(context, tx, actor, { ...given, patientId, verifiedBy: actor.id })
  })
}

/** For the desk, which sees the patient. */
export async function refuseParentOfAdult(
  context: Context,
  tx: Tx,
  actor: Actor,
  { patientId, basis }: { patientId: string; basis: Basis },
) {
  if (basis === 'parent' && !(await isStillChild(context, tx, actor, patientId)))
    throw invalid('not_a_child', 'Parents act for children. Somebody of age chooses for themselves.')
  if (basis !== 'parent') await accessPatient(tx, actor, patientId)
}

async function isStillChild({ now }: Context, tx: Tx, actor: Actor, patientId: string): Promise<boolean> {
  const { bornOn, diedAt } = await accessPatient(tx, actor, patientId)
  if (diedAt !== null) throw notFound('patient')
  const rules = await readAccessRules(tx, actor.organizationId)
  const { zone } = await readOrganization(tx, actor.organizationId)
  return isChild({ bornOn, zone, rules, hasDied: false }, now())
}

async function writeInvitation(
  context: Context,
  tx: Tx,
  actor: Actor,
  invited: Invitation & { patientId: string; basis: Basis; evidence?: string; verifiedBy?: string },
) {
  const { now, keys, config, announce } = context
  const { organizationId } = actor
  const { patientId, name, basis, scopes, evidence, verifiedBy = null } = invited
  const at = now()
  const untilAt = readUntil(invited.until, at)
  const contact = readContact(invited.contact)
  const id = newId()
  const acceptUntil = at.add({ hours: goodForDays * 24 })
  const evidenceField = grantField({ organizationId, patientId, id }, 'evidence')
  await tx
    .insertInto('people.proxyGrant')
    .values({
      organizationId,
      id,
      patientId,
      basis,
      evidenceSealed: await sealWords(context, tx, evidenceField, evidence),
      verifiedBy,
      acceptUntil,
      untilAt,
      proxyName: name.trim(),
      scopes: [...scopes],
      contactKind: contact.kind,
      contactValue: contact.value,
      fromAt: at,
      givenAt: at,
      givenBy: actor.id,
    })
    .execute()
  await audit(tx, actor, { action: 'create', resourceType: 'ProxyGrant', resourceId: id, patientId })
  await announce(tx, 'proxy.changed', { organizationId, patientId, grantId: id, change: 'invited' })
  const token = sign(keys.of('proxy invitation'), `${organizationId} ${id}`)
  const url = `${config.publicUrl}/act-for#${token}`
  return { id, url, sentTo: masked(contact), expiresAt: acceptUntil.toString() }
}

/** Null goes on until somebody ends it. Refuses `until`. */
export function readUntil(until: string | undefined, now: Temporal.Instant): Temporal.Instant | null {
  if (until === undefined) return null
  const at = Temporal.Instant.from(until)
  if (Temporal.Instant.compare(at, now) <= 0) throw invalid('until', 'Choose a day that is still to come.')
  return at
}

/** The grant that a token names; undefined for anything that was not signed here, for this organization. */
export function grantIdOf(keys: Keys, organizationId: string, token: string): string | undefined {
  const [organization, id = ''] = verified(keys.all('proxy invitation'), token)?.split(' ') ?? []
  return organization === organizationId && isId(id) ? id : undefined
}
