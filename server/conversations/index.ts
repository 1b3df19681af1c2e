/** The door of this slice: all that later slices may use. */
export { conversations } from './routes.ts'
import type { Plan } from '../platform/jobs.ts'
export const conversationsPlan: Plan = { listeners: [], chores: [] }
