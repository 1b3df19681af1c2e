/** `attend webhook …`: which other systems are told of visits. */
import { system } from '../platform/actor.ts'
import type { Context } from '../platform/context.ts'
import { createWebhook, endWebhook, listWebhooks, rotateWebhook, webhookEvents } from '../fhir/index.ts'

export const webhookHelp = `
  webhook create                 tells another system of visits (ids only);    --organization demo --name X --url https://…
                                 gives its secret, shown once                  [--events appointment.booked,appointment.cancelled]
  webhook list                   who is told, and whether it arrives           --organization demo
  webhook rotate <id>            a new secret; the old one signs for a day more --organization demo
  webhook end <id>               tells it nothing more                         --organization demo`

export const webhookOptions = { url: { type: 'string' }, events: { type: 'string' } } as const

interface WebhookWords {
  readonly name?: string | undefined
  readonly url?: string | undefined
  readonly events?: string | undefined
}

const actorOf = (organizationId: string) => system(organizationId, 'command-line')

/** Gives what to show: the id and the secret. Throws with a sentence when a word is missing. */
export async function addWebhook(context: Context, organizationId: string, { name, url, events }: WebhookWords) {
  const asked = events?.split(',') ?? webhookEvents
  if (!name || !url || asked.some((one) => !(webhookEvents as readonly string[]).includes(one)))
    throw new Error(`Give --name and --url; --events is some of ${webhookEvents.join(', ')}.`)
  return shown(await createWebhook(context, actorOf(organizationId), { name, url, events: asked }))
}

/** A line a webhook. */
export async function showWebhooks(context: Context, organizationId: string): Promise<string[]> {
  const hooks = await listWebhooks(context, actorOf(organizationId))
  if (hooks.length === 0) return ['Nobody is told of visits.']
  return hooks.map(({ id, name, url, events, failingSince, endedAt, endCause }) => {
    const failing = failingSince === null ? '' : `, nothing arrives since ${failingSince}`
    const state = endedAt === null ? failing : `, ended ${endedAt} (${endCause})`
    return `${id}  ${name}: ${url} (${events.join(', ')})${state}`
  })
}

/** Gives the new secret. */
export async function turnWebhook(context: Context, organizationId: string, id = '') {
  return shown(await rotateWebhook(context, actorOf(organizationId), id))
}

export async function stopWebhook(context: Context, organizationId: string, id = '') {
  await endWebhook(context, actorOf(organizationId), id)
}

const shown = ({ id, secret }: { id: string; secret: string }) => `Webhook ${id}. Its secret, shown once: ${secret}`
