/** Guests: who they surely are, and their rows. */
export { recogniseGuest } from './recognise-guest.ts'
export { registerGuest } from './register-guest.ts'
