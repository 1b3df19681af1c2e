/** The door of this slice: all that the app may use. */
export { fhirPlan } from './jobs.ts'
export { fhir } from './routes.ts'
export { endApp, listApps, registerApp } from './smart/apps.ts'
export { appActor } from './smart/bearer.ts'
export { fhirForgetter } from './forget-patient.ts'
