/** What patients need at every visit. */
export { keepSupport, readMySupport, saveMySupport, supportOf, supportsOf } from './keep-support.ts'
