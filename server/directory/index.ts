/** The door of this slice: all that later slices may use. */
export { directory } from './routes.ts'
export { clinicianView, placeView, specialtyView, spokenName } from './view.ts'
export { practitionersNamed } from './named.ts'
export { placeOf, placeOfCity, type Point } from './places.ts'
export { understand, type Understood } from './words/index.ts'
export * as fromFhir from './from-fhir.ts'
export { feedDirectory } from './from-record.ts'
export { describeClinician, describePlace } from './describe.ts'
