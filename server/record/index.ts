/** The door of this slice: all that later slices may use. */
export { importRecords, takeResources, type ImportSummary } from './import.ts'
export { listSetAside, retrySetAside } from './set-aside.ts'
export { rowIdOf, type Received, type Waiting } from './take-in.ts'
export { recordForgetter } from './forget-patient.ts'
