/** What signs, reasons and judgements mean, in plain sentences for the privacy officer. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { signs } from '../../../../server/privacy/contract.ts'

export const signWords: Readonly<Record<(typeof signs)[number], MessageDescriptor>> = {
  self: msg`It is their own record.`,
  same_surname: msg`Patient and colleague have a surname in common.`,
  shared_contact: msg`Patient and colleague have a phone or email in common.`,
  colleague: msg`The patient works here.`,
  after_hours: msg`It was outside working hours.`,
  no_visit: msg`The patient has no visit within a month of that day.`,
  many_records: msg`They opened very many records within an hour that day.`,
}

export const glassWords: Readonly<Record<string, MessageDescriptor>> = {
  emergency: msg`An emergency`,
  covering: msg`Covering for a colleague`,
  called_by_patient: msg`The patient called`,
  other_care: msg`Other care of the patient`,
  other: msg`Another reason`,
}

export const outcomeWords: Readonly<Record<string, MessageDescriptor>> = {
  fine: msg`Judged: nothing wrong`,
  violation: msg`Judged: a violation`,
}

/** Where the words for patients say 'you', by what the trail calls it. */
export const logThings: Readonly<Record<string, MessageDescriptor>> = {
  Account: msg`an account`,
  Session: msg`an account`,
  SignIn: msg`an account`,
  AuditEvent: msg`the trail of accesses`,
  BreakGlass: msg`a closed record, by giving a reason`,
  Consent: msg`what the patient allows`,
}

export const logPurposes: Readonly<Record<string, MessageDescriptor>> = {
  TREAT: msg`For care`,
  'PATIENT-REQUEST': msg`The patient asked for it`,
}
