/** The steps that nobody begins with: they load while the first ones are filled in. */
export { Code } from './code.tsx'
export { Done } from './done.tsx'
export { Review } from './review.tsx'
