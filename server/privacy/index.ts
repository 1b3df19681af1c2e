/** The door of this slice: all that later slices may use. */
export { privacy } from './routes.ts'
