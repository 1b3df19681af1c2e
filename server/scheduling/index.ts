/** The door of this slice: all that later slices may use. */
export { accessAppointment, visibleAppointments } from './access.ts'
export { book } from './book.ts'
export { cancel } from './cancel.ts'
export { findOpenings } from './find-openings.ts'
export { hold, extendHold, releaseHold } from './hold.ts'
export { schedulingPlan } from './jobs.ts'
export { openLive, type Live } from './live.ts'
export { reschedule } from './reschedule.ts'
export { scheduling } from './routes.ts'
export { offeringsInFull, spoken } from './view.ts'
export { reindexAll } from './calendar.ts'
export { importVisits, type ForeignVisit } from './import-visits.ts'
export { relist } from './listing.ts'
export {
  defineVisitType,
  offerVisit,
  setHoliday,
  setLeave,
  setWeeklyHours,
  type VisitTypeFacts,
  type WeeklyHours,
} from './set-up.ts'
