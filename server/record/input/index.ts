/** What comes into the record, before it is in: files found, resources read, their shape checked, references told. */
export { openInputs } from './inputs.ts'
export { readResources, type ReadOptions } from './read.ts'
export type { Entry, FailedEntry } from './parse.ts'
