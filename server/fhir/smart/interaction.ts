/** Asking a person whether an app may come in: what is offered, what was chosen, and for whom. */
import type Provider from 'oidc-provider'
import { accessPatient, family, visiblePatients } from '../../people/index.ts'
import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import type { Context } from '../../platform/context.ts'
import { within, withinSignIn } from '../../platform/db.ts'
import type { Asked, Reply } from '../../platform/endpoint.ts'
import { invalid, notFound } from '../../platform/errors.ts'
import { newId, sha256 } from '../../platform/ids.ts'
import type { ConnectingRole } from '../tables.ts'
import { findApp, type App } from './apps.ts'
import type { decideInteraction, readInteraction as readContract } from './contract.ts'
import { ownPatientIds, personOf } from './grants.ts'
import { liveLaunch, useLaunch } from './launch.ts'
import { scopeWords } from './scope-words.ts'
import { isWithin, readScope } from './scopes.ts'

type Interaction = InstanceType<Provider['Interaction']>

interface Patient {
  id: string
  name: string
}

interface Opened {
  interaction: Interaction
  app: App
  /** What this person can let this app do, of what it asks for. */
  offered: string[]
  patientIds: string[]
  /** Those of them whom the person acts for. */
  children: Patient[]
  launchId: string | undefined
}

/** One that is under way; refuses `not_found` for one that is over, decided, or for somebody else. */
async function open(context: Context, provider: Provider, actor: Actor, uid: string): Promise<Opened> {
  const { organizationId } = actor
  const interaction = await provider.Interaction.find(uid)
  if (!interaction || interaction.result) throw notFound('request for access')
  const { client_id: clientId, launch: launchToken } = interaction.params
  const launch = typeof launchToken === 'string' ? await liveLaunch(context, organizationId, launchToken) : undefined
  const { app, own } = await withinSignIn(context.db, organizationId, async (tx) => ({
    app: await findApp(tx, organizationId, String(clientId)),
    own: actor.role === 'patient' ? await ownPatientIds(tx, organizationId, personOf(actor)) : [],
  }))
  const children = actor.role === 'patient' ? await family.childrenOf(context, actor) : []
  // A launch is for the colleague who made it.
  const isForOther =
    typeof launchToken === 'string' && (launch?.appId !== app?.id || launch?.personId !== actor.personId)
  if (!app || isForOther) throw notFound('request for access')
  const patientIds = launch ? [launch.patientId] : [...own, ...children.map(({ id }) => id)]
  const offered = scopesAsked(interaction).filter(
    (one) => isWithin(app.scopes, one) && fits(one, actor, patientIds, launch !== undefined),
  )
  return { interaction, app, offered, patientIds, children, launchId: launch?.id }
}

function scopesAsked({ params: { scope } }: Interaction): string[] {
  return typeof scope === 'string' ? [...new Set(scope.split(' '))] : []
}

function fits(scope: string, { role }: Actor, patientIds: readonly string[], isLaunch: boolean): boolean {
  const read = readScope(scope)
  if (read) return read.context === 'user' || (read.context === 'patient' && patientIds.length > 0)
  if (scope === 'launch') return isLaunch
  if (scope === 'launch/patient') return patientIds.length > 0
  // A colleague is no resource of this door.
  return scope !== 'fhirUser' || role === 'patient'
}

const isAboutPatient = (scope: string) => scope.startsWith('patient/') || scope.startsWith('launch')
/** What a patient's own app sees is that patient's: whichever scope says so, the record has to be known. */
const needsPatient = (scopes: readonly string[], { role }: Actor) => role === 'patient' || scopes.some(isAboutPatient)

export async function readInteraction(
  context: Context,
  provider: Provider,
  actor: Actor,
  uid: string,
): Promise<Reply<typeof readContract>> {
  const { interaction, app, offered, patientIds, children } = await open(context, provider, actor, uid)
  const asked = actor.role === 'patient' ? 'patient' : 'staff'
  return {
    app: { id: app.id, name: app.name, site: siteOf(String(interaction.params['redirect_uri'])) },
    wishes: offered.flatMap((scope) => {
      const words = scopeWords(scope, asked)
      return words ? [{ scope, words }] : []
    }),
    patients: needsPatient(offered, actor) ? await named(context, actor, patientIds, children) : [],
    expiresAt: Temporal.Instant.fromEpochMilliseconds(interaction.exp * 1000).toString(),
  }
}

/** Where the answer goes, as somebody can recognise it. */
const siteOf = (redirect: string) => new URL(redirect).host || new URL(redirect).protocol

/** The person's own record first, whoever they act for meanwhile. */
async function named({ db }: Context, actor: Actor, ids: readonly string[], children: readonly Patient[]) {
  const others = new Set(children.map(({ id }) => id))
  const own = ids.filter((id) => !others.has(id))
  if (own.length === 0) return [...children]
  const self = actor.role === 'patient' ? { ...actor, patientIds: own } : actor
  return within(db, self, async (tx) => {
    if (actor.role !== 'patient') for (const id of own) await accessPatient(tx, actor, id)
    const rows = await visiblePatients(tx, self)
      .where('p.id', 'in', own)
      .select(['p.id', 'p.givenName', 'p.familyName'])
      .orderBy('p.id')
      .execute()
    return [
      ...rows.map(({ id, givenName, familyName }) => ({ id, name: `${givenName} ${familyName}`.trim() })),
      ...children,
    ]
  })
}

/** Writes down what was decided; gives the address that takes the browser back to the app. */
export async function decide(
  context: Context,
  provider: Provider,
  actor: Actor,
  { path, body }: Pick<Asked<typeof decideInteraction>, 'path' | 'body'>,
): Promise<Reply<typeof decideInteraction>> {
  const opened = await open(context, provider, actor, path.uid)
  const { interaction } = opened
  interaction.result = body.approve
    ? {
        login: { accountId: personOf(actor) },
        consent: { grantId: await give(context, provider, actor, { opened, body }) },
      }
    : { error: 'access_denied', error_description: 'The person did not let this app in.' }
  if (!body.approve)
    await withinSignIn(context.db, actor.organizationId, (tx) =>
      audit(tx, actor, {
        action: 'create',
        resourceType: 'AppGrant',
        resourceId: opened.app.id,
        outcome: 'refused',
      }),
    )
  await interaction.persist()
  return { redirectTo: interaction.returnTo }
}

async function give(
  { db, now }: Context,
  provider: Provider,
  actor: Actor,
  { opened, body }: { opened: Opened; body: Asked<typeof decideInteraction>['body'] },
): Promise<string> {
  const { app, offered, patientIds, launchId, interaction } = opened
  const { organizationId } = actor
  const scopes = body.scopes ?? offered
  if (scopes.length === 0 || scopes.some((one) => !offered.includes(one)))
    throw invalid('scopes', 'Choose from what the app asks for.')
  const patientId = needsPatient(scopes, actor) ? chosen(patientIds, body.patientId) : undefined
  const personId = personOf(actor)
  const grant = new provider.Grant({ accountId: personId, clientId: app.id })
  grant.addOIDCScope(scopes.join(' '))
  const refused = scopesAsked(interaction).filter((one) => !scopes.includes(one))
  if (refused.length > 0) grant.rejectOIDCScope(refused.join(' '))
  const grantId = await grant.save()
  await withinSignIn(db, organizationId, async (tx) => {
    if (launchId !== undefined && !(await useLaunch(tx, organizationId, launchId, now())))
      throw notFound('request for access')
    const id = newId()
    const isOnline = scopes.includes('online_access') && !scopes.includes('offline_access')
    await tx
      .insertInto('fhir.appGrant')
      .values({
        organizationId,
        id,
        grantHash: sha256(grantId),
        appId: app.id,
        personId,
        role: actor.role as ConnectingRole,
        patientId: patientId ?? null,
        scopes: [...scopes],
        sessionId: isOnline ? (actor.session?.id ?? null) : null,
        givenAt: now(),
      })
      .execute()
    await audit(tx, actor, { action: 'create', resourceType: 'AppGrant', resourceId: app.id, patientId })
  })
  return grantId
}

function chosen(patientIds: readonly string[], asked: string | undefined): string {
  const id = asked ?? (patientIds.length === 1 ? patientIds[0] : undefined)
  if (id === undefined || !patientIds.includes(id)) throw invalid('patient', 'Choose whose record the app works with.')
  return id
}
