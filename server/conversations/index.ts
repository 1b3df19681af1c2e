/** The door of this slice: all that later slices may use. */
export { conversationsPlan } from './jobs.ts'
export { timezoneBlock } from './letters/timezone.ts'
export { conversations } from './routes.ts'
export { conversationsForgetter } from './forget-patient.ts'
