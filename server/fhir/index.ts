/** The door of this slice: all that the app may use. */
export { fhir } from './routes.ts'
