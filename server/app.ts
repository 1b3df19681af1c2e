/** The table of contents: the slices, in the order a patient meets them. */
import type { FastifyInstance } from 'fastify'
import type { Context } from './platform/context.ts'
import { health } from './platform/health.ts'
import type { Plan } from './platform/jobs.ts'
import { openApi } from './platform/openapi.ts'
import { openHttp, type HttpOptions } from './platform/http.ts'
import type { Forgetter } from './platform/forget.ts'
import { headsChore } from './platform/heads.ts'
import { securityTxt } from './platform/security-txt.ts'
import { sealChore } from './platform/seal.ts'
import { rewrapChore } from './platform/vault/rotate.ts'
import { partners } from './partners/index.ts'
import { people, peopleForgetter, peoplePlan, whoIs } from './people/index.ts'
import { directory, directoryPlan } from './directory/index.ts'
import { recordForgetter } from './record/index.ts'
import { coverage, coverageForgetter } from './coverage/index.ts'
import { scheduling, schedulingForgetter, schedulingPlan, type Live } from './scheduling/index.ts'
import { conversations, conversationsForgetter, conversationsPlan } from './conversations/index.ts'
import { eraseChore, privacy, privacyForgetter } from './privacy/index.ts'
import { appActor, fhir, fhirForgetter, fhirPlan } from './fhir/index.ts'

/** What each slice lets go of a patient, the last slice first: rows refer to those of earlier ones. */
export const forgetters: readonly Forgetter[] = [
  fhirForgetter,
  privacyForgetter,
  conversationsForgetter,
  schedulingForgetter,
  coverageForgetter,
  recordForgetter,
  peopleForgetter,
]

/** What runs in the background: who hears which fact, and what is done by the clock. */
export const plan: Plan = {
  listeners: [...schedulingPlan.listeners, ...conversationsPlan.listeners, ...fhirPlan.listeners],
  chores: [
    sealChore,
    headsChore,
    rewrapChore,
    ...peoplePlan.chores,
    ...directoryPlan.chores,
    ...schedulingPlan.chores,
    ...conversationsPlan.chores,
    ...fhirPlan.chores,
    eraseChore(forgetters),
  ],
}

/** The HTTP door with every slice behind it, ready to listen or to be asked by a test. */
export async function buildApp(
  context: Context,
  options: Omit<HttpOptions, 'whoIs'> & { live: Live },
): Promise<FastifyInstance> {
  const http = await openHttp({
    ...options,
    ...(context.practice && { now: context.now }),
    whoIs: whoIs(context, appActor(context)),
  })
  health(http, context)
  securityTxt(http, context)
  partners(http, context)
  people(http, context)
  directory(http, context)
  coverage(http, context)
  scheduling(http, context, options.live)
  conversations(http, context)
  privacy(http, context)
  await fhir(http, context)
  openApi(http)
  return http
}
