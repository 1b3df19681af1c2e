/** Refers a patient for a visit: said by a colleague or a program, for a patient they may open. */
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, type Tx } from '../../platform/db.ts'
import { invalid, notFound } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { claim, type RequestKey } from '../../platform/once.ts'
import { sealWords } from '../../platform/vault/words.ts'
import { readOrganization } from '../../people/index.ts'
import { purposeOf } from '../access.ts'
import type { ReferralRequest } from './contract.ts'
import { referralField } from './reason.ts'
import { canBeReached, sendLink } from './send-link.ts'
import './tables.ts'

/** Gives its id. Refuses `not_found`, `break_glass_needed`, `no_such_visit`, `until` for a day that is over. */
export async function makeReferral(context: Context, actor: Actor, request: ReferralRequest, requestKey?: RequestKey) {
  const { organizationId } = actor
  const id = newId()
  return within(context.db, actor, async (tx) => {
    const purpose = await accessPatient(tx, actor, request.patientId)
    const before = await claim(tx, actor, requestKey, id)
    if (before) return before
    const { zone } = await readOrganization(tx, organizationId)
    const today = context.now().toZonedDateTimeISO(zone).toPlainDate()
    const validFrom = request.validFrom === undefined ? today : Temporal.PlainDate.from(request.validFrom)
    const validUntil = Temporal.PlainDate.from(request.validUntil)
    if (Temporal.PlainDate.compare(validUntil, today) < 0 || Temporal.PlainDate.compare(validUntil, validFrom) < 0)
      throw invalid('until', 'Choose a day that is still to come.')
    const { patientId, clinicianIds = [], specialty = null, priority = 'routine' } = request
    await tx
      .insertInto('scheduling.referral')
      .values({
        organizationId,
        id,
        patientId,
        visitTypeIds: await offeredTypes(tx, organizationId, { ...request, clinicianIds, specialty }),
        practitionerIds: clinicianIds,
        specialty,
        validFrom,
        validUntil,
        priority,
        referrer: request.referrer.trim(),
        reasonSealed: await sealWords(context, tx, referralField({ organizationId, id, patientId }), request.reason),
        source: 'desk',
        madeAt: context.now(),
        madeBy: actor.id,
      })
      .execute()
    await audit(tx, actor, {
      action: 'create',
      resourceType: 'ServiceRequest',
      resourceId: id,
      patientId,
      ...(purpose && { purpose }),
    })
    if (request.sendLink !== false && (await canBeReached(tx, organizationId, patientId)))
      await sendLink(context, tx, organizationId, id)
    return id
  })
}

async function accessPatient(tx: Tx, actor: Actor, patientId: string) {
  const known = await tx
    .selectFrom('people.patient')
    .where('organizationId', '=', actor.organizationId)
    .where('id', '=', patientId)
    .select('id')
    .executeTakeFirst()
  if (!known) throw notFound('patient')
  return purposeOf(tx, actor, patientId)
}

/** The ids of these kinds of visits: a referral that nobody here could answer is refused at once. */
async function offeredTypes(
  tx: Tx,
  organizationId: string,
  {
    visitTypes,
    clinicianIds,
    specialty,
  }: { visitTypes: string[]; clinicianIds: readonly string[]; specialty: string | null },
): Promise<string[]> {
  let offered = tx
    .selectFrom('scheduling.visitType as v')
    .innerJoin('scheduling.offering as o', (on) =>
      on.onRef('o.organizationId', '=', 'v.organizationId').onRef('o.visitTypeId', '=', 'v.id'),
    )
    .innerJoin('directory.practitionerRole as r', (on) =>
      on.onRef('r.organizationId', '=', 'o.organizationId').onRef('r.id', '=', 'o.practitionerRoleId'),
    )
    .where('v.organizationId', '=', organizationId)
    .where('v.code', 'in', visitTypes)
    .where('o.active', '=', true)
  if (clinicianIds.length > 0) offered = offered.where('o.practitionerId', 'in', [...clinicianIds])
  if (specialty !== null) offered = offered.where((of) => of(of.val(specialty), '=', of.fn.any('r.specialties')))
  const rows = await offered.select('v.id').distinct().execute()
  if (rows.length < visitTypes.length)
    throw invalid('no_such_visit', 'This kind of visit is not offered any more. Choose another one.', {
      instead: 'choose_visit',
    })
  return rows.map(({ id }) => id)
}
