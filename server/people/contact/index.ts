/** What later slices may use of contacts: their stored form, codes to send, proofs to read. */
export { phoneOf, readContact, readPhone, type Contact } from './address.ts'
export { openContactCode } from './code.ts'
export { readProof } from './proof.ts'
