/** The door of this slice: all that the app may use. */
export { fhirPlan } from './jobs.ts'
export { fhir } from './routes.ts'
export { endApp, listApps, registerApp } from './smart/apps.ts'
export { webhookEvents } from './webhooks/contract.ts'
export { listWebhooks } from './webhooks/deliveries.ts'
export { createWebhook, endWebhook, rotateWebhook } from './webhooks/subscribe.ts'
export { appActor } from './smart/bearer.ts'
export { fhirForgetter } from './forget-patient.ts'
