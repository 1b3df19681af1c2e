/** The door of this slice: all that later slices may use. */
export { directory } from './routes.ts'
export { clinicianView, placeView, spokenName } from './view.ts'
export * as fromFhir from './from-fhir.ts'
export type { Reference } from './from-fhir.ts'
export { feedDirectory } from './from-record.ts'
export { describeClinician, describePlace } from './describe.ts'
