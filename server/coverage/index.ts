/** The door of this slice: all that later slices may use. */
export { coverage } from './routes.ts'
export { feedCoverage } from './from-record.ts'
export { networkFacts, networksOfPlan } from './networks.ts'
export { coverageForgetter } from './forget-patient.ts'
