/** A parent asks to act for a child; the front desk verifies and decides. The parent learns nothing before it is given. */
import { system, type Actor, type ProxyScope } from '../../platform/actor.ts'
import { proxyScopes } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { conflict, invalid, notFound } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { ownerOf } from '../account/own-account.ts'
import { candidatesFor } from '../candidates.ts'
import type { PersonDetails } from '../contract.ts'
import { decide } from '../name-match.ts'
import { readPerson } from '../person.ts'
import { countTry } from '../sign-in/throttle.ts'
import type { Visitor } from '../sign-in/visitor.ts'
import { summariesOf } from '../summary.ts'
import { endEarlier } from './accept-proxy.ts'
import { isBlocked } from './block-proxy.ts'
import { readUntil, refuseParentOfAdult } from './invite-proxy.ts'
import { sealField } from '../../platform/vault/index.ts'
import { grantField } from '../sealed.ts'
import '../tables.ts'

const mostShown = 100

/** Looks at no record: whoever asks, for whomever, gets the same reply. Refuses `name`, `birth_date`, `too_many_tries`. */
export async function askToAct(
  context: Context,
  { actor, organizationId, address }: Visitor,
  { name, basis, child }: { name: string; basis: 'parent' | 'guardian'; child: PersonDetails },
) {
  const { personId } = ownerOf(actor)
  const { givenName, familyName, bornOn } = readPerson(child, context.now())
  await countTry(context, { organizationId, address, account: `proxy ${actor.id}` })
  const asProduct = system(organizationId, 'proxy-request')
  await within(context.db, asProduct, async (tx) => {
    const id = newId()
    const asked = { givenName, familyName, bornOn, askedAt: context.now() }
    await tx
      .insertInto('people.proxyRequest')
      .values({ organizationId, id, personId, askerName: name.trim(), basis, ...asked })
      .execute()
    await audit(tx, actor, { action: 'create', resourceType: 'ProxyRequest', resourceId: id })
  })
  return { asked: true }
}

/** Those nobody has decided, each with the patients that the child may be. Every patient shown is read in the trail. */
export async function listProxyRequests({ db }: Context, actor: Actor) {
  const { organizationId } = actor
  return within(db, actor, async (tx) => {
    const rows = await tx
      .selectFrom('people.proxyRequest')
      .where('organizationId', '=', organizationId)
      .where('decidedAt', 'is', null)
      .selectAll()
      .orderBy('askedAt')
      .orderBy('id')
      .limit(mostShown)
      .execute()
    const requests = []
    for (const row of rows) {
      const { id, personId, askerName, basis, givenName, familyName, bornOn, askedAt } = row
      const near = await candidatesFor(tx, organizationId, { bornOn, contacts: [] })
      const shown = await summariesOf(tx, actor, decide({ givenName, familyName, bornOn, contacts: [] }, near).doubtful)
      const candidates = []
      for (const patient of shown.values())
        candidates.push({
          patient,
          blocked: await isBlocked(tx, { organizationId, patientId: patient.id, personId }),
        })
      const child = { givenName, familyName, bornOn: bornOn.toString() }
      requests.push({ id, askerName, basis, child, candidates, askedAt: askedAt.toString() })
    }
    return requests
  })
}

interface Decision {
  decision: 'given' | 'refused'
  patientId?: string
  evidence?: string
  scopes?: readonly ProxyScope[]
  until?: string
}

/**
 * Refuses `already_decided`, `evidence_needed`, `blocked` when a court keeps this person from this patient, `not_a_child`,
 * `not_your_own` for a request of one's own.
 */
export async function decideProxyRequest(context: Context, actor: Actor, id: string, decision: Decision) {
  const { organizationId } = actor
  await within(context.db, actor, async (tx) => {
    const request = await tx
      .selectFrom('people.proxyRequest')
      .where('organizationId', '=', organizationId)
      .where('id', '=', id)
      .selectAll()
      .forUpdate()
      .executeTakeFirst()
    if (!request) throw notFound('request')
    if (request.decidedAt) throw conflict('already_decided', 'Somebody has decided this already.')
    if (request.personId === actor.personId)
      throw invalid('not_your_own', 'Somebody else decides about what you asked for yourself.')
    if (decision.decision === 'given') await give(context, tx, actor, { ...request, ...decision })
    await tx
      .updateTable('people.proxyRequest')
      .set({ decision: decision.decision, decidedAt: context.now(), decidedBy: actor.id })
      .where('organizationId', '=', organizationId)
      .where('id', '=', id)
      .execute()
    await audit(tx, actor, { action: 'update', resourceType: 'ProxyRequest', resourceId: id, purpose: 'OPS' })
  })
}

type Request = Decision & { personId: string; askerName: string; basis: 'parent' | 'guardian' }

async function give(context: Context, tx: Tx, actor: Actor, request: Request) {
  const { organizationId } = actor
  const { personId, askerName, basis, patientId, evidence, scopes = proxyScopes, until } = request
  if (patientId === undefined || evidence === undefined)
    throw invalid('evidence_needed', 'Say which patient it is, and what shows that they may act for them.')
  await refuseParentOfAdult(context, tx, actor, { patientId, basis })
  if (await isBlocked(tx, { organizationId, patientId, personId }))
    throw conflict('blocked', 'This person is kept from this patient. Nothing may be given to them.')
  await endEarlier(context, tx, { organizationId, patientId, personId })
  const at = context.now()
  const grantId = newId()
  const evidenceField = grantField({ organizationId, patientId, id: grantId }, 'evidence')
  await tx
    .insertInto('people.proxyGrant')
    .values({
      organizationId,
      id: grantId,
      patientId,
      personId,
      basis,
      evidenceSealed: await sealField(context, tx, evidenceField, evidence),
      proxyName: askerName,
      scopes: [...scopes],
      acceptedAt: at,
      fromAt: at,
      untilAt: readUntil(until, at),
      verifiedBy: actor.id,
      givenAt: at,
      givenBy: actor.id,
    })
    .execute()
  await audit(tx, actor, { action: 'create', resourceType: 'ProxyGrant', resourceId: grantId, patientId })
  await context.announce(tx, 'proxy.changed', { organizationId, patientId, grantId, change: 'given' })
}
