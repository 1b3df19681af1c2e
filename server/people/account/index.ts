/** What later slices, the demo and the command line may use of accounts. */
export * as family from '../proxies/index.ts'
export { addDemoFamily } from '../sign-in/demo-family.ts'
export { addDemoStaff } from '../sign-in/demo.ts'
export { addStaff } from '../staff/add-staff.ts'
export { accountNotice } from './notice.ts'
