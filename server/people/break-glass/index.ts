/** What later slices may use of records that open only to those who care. */
export { readAccessRules } from '../access-rules.ts'
export { askedAt, gateOf, glassUntil } from './gate.ts'
