/** Starting an app from a chart (SMART EHR launch): an opaque word for 'this patient, this colleague, now'. Once, briefly. */
import { accessPatient } from '../../people/index.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, withinSignIn, type Tx } from '../../platform/db.ts'
import type { Asked, Reply } from '../../platform/endpoint.ts'
import { notFound } from '../../platform/errors.ts'
import { newId, newToken, sha256 } from '../../platform/ids.ts'
import { findApp } from './apps.ts'
import type { launchApp as contract } from './contract.ts'
import { personOf } from './grants.ts'
import '../tables.ts'

const goodForMinutes = 5

/** The address that starts an app for a patient whom the actor may see. */
export async function launchApp(
  context: Context,
  actor: Actor,
  base: string,
  { appId, patientId }: Asked<typeof contract>['body'],
): Promise<Reply<typeof contract>> {
  const { db, now } = context
  const { organizationId } = actor
  await within(db, actor, (tx) => accessPatient(tx, actor, patientId))
  return withinSignIn(db, organizationId, async (tx) => {
    const app = await findApp(tx, organizationId, appId)
    if (!app || app.launchUri === null) throw notFound('app')
    const token = newToken('launch')
    const id = newId()
    const expiresAt = now().add({ minutes: goodForMinutes })
    await tx
      .insertInto('fhir.launch')
      .values({
        organizationId,
        id,
        tokenHash: sha256(token),
        appId,
        personId: personOf(actor),
        patientId,
        expiresAt,
      })
      .execute()
    await audit(tx, actor, { action: 'execute', resourceType: 'App', resourceId: appId, patientId })
    const url = new URL(app.launchUri)
    url.searchParams.set('iss', base)
    url.searchParams.set('launch', token)
    return { url: url.href, expiresAt: expiresAt.toString() }
  })
}

/** The apps that can be started from a chart. */
export async function launchableApps({ db }: Context, { organizationId }: Actor) {
  const apps = await withinSignIn(db, organizationId, (tx) =>
    tx
      .selectFrom('fhir.app')
      .where('organizationId', '=', organizationId)
      .where('endedAt', 'is', null)
      .where('launchUri', 'is not', null)
      .select(['id', 'name'])
      .orderBy('name')
      .execute(),
  )
  return { apps }
}

/** What a launch was made for; undefined when there is none, it is over, or it was used. */
export async function liveLaunch({ db, now }: Context, organizationId: string, token: string) {
  return withinSignIn(db, organizationId, (tx) =>
    tx
      .selectFrom('fhir.launch')
      .where('organizationId', '=', organizationId)
      .where('tokenHash', '=', sha256(token))
      .where('usedAt', 'is', null)
      .where('expiresAt', '>', now())
      .select(['id', 'appId', 'personId', 'patientId'])
      .executeTakeFirst(),
  )
}

/** Uses a launch up; says whether it still was to be used. */
export async function useLaunch(tx: Tx, organizationId: string, id: string, at: Temporal.Instant): Promise<boolean> {
  const used = await tx
    .updateTable('fhir.launch')
    .set({ usedAt: at })
    .where('organizationId', '=', organizationId)
    .where('id', '=', id)
    .where('usedAt', 'is', null)
    .returning('id')
    .execute()
  return used.length === 1
}
