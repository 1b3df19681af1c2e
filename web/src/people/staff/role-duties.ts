/** What each role sees and does, in a sentence for whoever gives it. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

/** In the order of a visit. */
export const staffRoles = [
  'front_desk',
  'scheduler',
  'nurse',
  'clinician',
  'biller',
  'quality_manager',
  'practice_admin',
  'auditor',
] as const
export type StaffRole = (typeof staffRoles)[number]

export const roleDuties: Readonly<Record<StaffRole, MessageDescriptor>> = {
  front_desk: msg`Adds patients, books and moves visits. Sees names, contacts, visits and why people come.`,
  scheduler: msg`Books and moves visits, blocks time. Sees names and visits, not why people come.`,
  nurse: msg`Sees the day, and the records of the patients they care for. Others only with a reason, which is reviewed.`,
  clinician: msg`Books visits, and sees the day and the records of their patients. Others only with a reason, which is reviewed.`,
  biller: msg`Opens records for the bill. Does not see why people come.`,
  quality_manager: msg`Watches how the service does. Sees no patient.`,
  practice_admin: msg`Manages colleagues, rules and outside services. Opens no patient’s record.`,
  auditor: msg`Sees who opened which record, and reviews it. Opens no record, and manages nobody.`,
}
