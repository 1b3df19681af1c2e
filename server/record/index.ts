/** The door of this slice: all that later slices may use. */
export { importRecords, takeResources, type Progress, type ImportSummary } from './import.ts'
export { rowIdOf, type Feed, type Received, type Waiting } from './take-in.ts'
