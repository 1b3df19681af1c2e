/** `attend app …`: the apps that may come to the FHIR door (SMART). */
import { readFileSync } from 'node:fs'
import { endApp, listApps, registerApp } from '../fhir/index.ts'
import type { Context } from '../platform/context.ts'

export const appHelp = `
  app create                     an app for the FHIR door (SMART)               --organization demo --name X --redirect https://… [--launch https://…]
                                 [--scopes "patient/*.rs …"] [--jwks file] [--public]; without --redirect it acts by itself
  app list                       the apps, and which have ended                --organization demo
  app revoke <id>                ends it and every token of it at once         --organization demo`

export const appOptions = {
  redirect: { type: 'string', multiple: true, default: [] as string[] },
  launch: { type: 'string' },
  scopes: { type: 'string' },
  jwks: { type: 'string' },
  public: { type: 'boolean', default: false },
} as const

interface AppAsked {
  name?: string | undefined
  redirect: string[]
  launch?: string | undefined
  scopes?: string | undefined
  jwks?: string | undefined
  public: boolean
}

/** Registers an app; its secret is told here and never again. */
export async function addApp(context: Context, organizationId: string, asked: AppAsked): Promise<string[]> {
  const { name, redirect, launch, scopes, jwks, public: isPublic } = asked
  if (!name) throw new Error('Give the app a name: --name X.')
  const usual =
    redirect.length > 0 ? 'openid fhirUser launch launch/patient offline_access patient/*.rs' : 'system/*.rs'
  const made = await registerApp(context, organizationId, {
    name,
    redirectUris: redirect,
    launchUri: launch,
    scopes: (scopes ?? usual).split(/[\s,]+/),
    ...(jwks !== undefined && { jwks: JSON.parse(readFileSync(jwks, 'utf8')) as unknown }),
    isPublic,
  })
  const lines = [`App ${name}, ${made.kind}. Its client_id is ${made.id}`]
  if (made.secret) lines.push(`Its client_secret is shown once:\n${made.secret}`)
  return lines
}

export async function showApps(context: Context, organizationId: string): Promise<string[]> {
  const apps = await listApps(context, organizationId)
  return apps.map(
    ({ id, name, kind, scopes, endedAt }) =>
      `${id}  ${name} (${kind})${endedAt ? `, ended ${endedAt.toString()}` : ''}: ${scopes.join(' ')}`,
  )
}

export async function endAppOf(context: Context, organizationId: string, id: string | undefined): Promise<string> {
  if (!id || !(await endApp(context, organizationId, id))) throw new Error('Say which app: its id.')
  return 'From now on neither it nor any token of it opens anything.'
}
