/** The door of this slice: all that later slices may use. */
export { directory } from './routes.ts'
export { clinicianView, placeView, spokenName } from './view.ts'
