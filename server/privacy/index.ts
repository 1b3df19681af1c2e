/** The door of this slice: all that later slices may use. */
export { ownPatient } from './access.ts'
export { openAmendments } from './amendments/sealed.ts'
export { privacy } from './routes.ts'
