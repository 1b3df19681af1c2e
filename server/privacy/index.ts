/** The door of this slice: all that later slices may use. */
export { ownPatient } from './access.ts'
export { openAmendments } from './amendments/sealed.ts'
export { privacy } from './routes.ts'
export { eraseChore } from './erase-chore.ts'
export { eraseRecord } from './erase-record.ts'
export { approvedBy } from './let-go.ts'
export { listRetention } from './list-retention.ts'
export { privacyForgetter } from './forget-patient.ts'
