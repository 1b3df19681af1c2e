/** What later slices may use of those who act for others. */
export { asGiven } from './acting.ts'
export { actorsOfFamily, childrenOf } from './family.ts'
