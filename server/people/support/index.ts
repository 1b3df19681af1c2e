/** What patients need at every visit. */
export { keepSupport, readMySupport, saveMySupport, supportFor, supportsOf } from './keep-support.ts'
