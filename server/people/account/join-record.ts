/**
 * Joins an account to a record by proof: a contact on record in the person's hands, with the name and birth date. Who is
 * not surely known gets a record of their own, and the front desk a question; the reply is the same.
 */
import { system, type Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within } from '../../platform/db.ts'
import { invalid } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { readAccessRules } from '../access-rules.ts'
import { readProof } from '../contact/proof.ts'
import type { PersonDetails } from '../contract.ts'
import { readOrganization } from '../organization.ts'
import { isChild } from '../proxies/standing.ts'
import { recogniseGuest, registerGuest } from '../guest/index.ts'
import { countTry } from '../sign-in/throttle.ts'
import type { Visitor } from '../sign-in/visitor.ts'
import { joinAccount } from './join-account.ts'
import { ownerOf, type Owner } from './own-account.ts'

/** Refuses `proof`, `name`, `birth_date`, `child`, and `too_many_tries` for who guesses. */
export async function joinRecord(
  context: Context,
  visitor: Visitor,
  { person, proof }: { person: PersonDetails; proof: string },
) {
  const { db, now } = context
  const { actor, organizationId, address } = visitor
  const owner = ownerOf(actor)
  const contact = readProof(context, organizationId, proof)
  // Counts even when it goes well: nobody joins record after record.
  await countTry(context, { organizationId, address, account: `join ${actor.id}` })
  await refuseChild(context, organizationId, person)
  const recognised = await recogniseGuest(context, organizationId, person, contact)
  const before = recognised.isKnown ? undefined : await ownRecordLike(context, owner, person)
  if (before !== undefined) return { joined: true }
  const patientId = recognised.patientId ?? newId()
  const joiner: Actor = {
    ...system(organizationId, 'join-record'),
    ...(actor.requestId !== undefined && { requestId: actor.requestId }),
  }
  await within(db, joiner, async (tx) => {
    await registerGuest(tx, joiner, { ...recognised, patientId, person, contact, verified: true, now: now() })
    await joinAccount(context, tx, { ...owner, patientId, basis: recognised.isKnown ? 'proof' : 'new' })
    await audit(tx, actor, { action: 'create', resourceType: 'PatientAccount', resourceId: owner.personId, patientId })
  })
  return { joined: true }
}

/** A child's contacts on record are mostly a parent's: who proves one may not thereby be the child. Tells nothing of a record. */
async function refuseChild({ db, now }: Context, organizationId: string, { bornOn }: PersonDetails) {
  const joiner = system(organizationId, 'join-record')
  const age = await within(db, joiner, async (tx) => ({
    bornOn: Temporal.PlainDate.from(bornOn),
    zone: (await readOrganization(tx, organizationId)).zone,
    rules: await readAccessRules(tx, organizationId),
    hasDied: false,
  }))
  if (isChild(age, now()))
    throw invalid('child', 'For a child, ask to act for them, or ask the clinic for an invitation.', {
      instead: 'ask_to_act',
    })
}

/** Asked again, the record that was made the first time is the one. */
async function ownRecordLike({ db }: Context, { organizationId, personId }: Owner, person: PersonDetails) {
  return within(db, system(organizationId, 'join-record'), (tx) =>
    tx
      .selectFrom('people.patientAccount as a')
      .innerJoin('people.patient as p', (on) =>
        on.onRef('p.organizationId', '=', 'a.organizationId').onRef('p.id', '=', 'a.patientId'),
      )
      .where('a.organizationId', '=', organizationId)
      .where('a.personId', '=', personId)
      .where('a.endedAt', 'is', null)
      .where('p.bornOn', '=', Temporal.PlainDate.from(person.bornOn))
      .select('p.id')
      .limit(1)
      .executeTakeFirst(),
  )
}
