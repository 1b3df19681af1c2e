/** What was done to a record, to what of it and why, in words for the person it is about. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

type Words = Readonly<Record<string, MessageDescriptor>>

export const actionWords: Words = {
  read: msg`Looked at`,
  search: msg`Found in a list`,
  create: msg`Added`,
  update: msg`Changed`,
  delete: msg`Removed`,
  execute: msg`Worked with`,
}
export const unknownAction = msg`Worked with`

/** By FHIR resource type, and by our own names where FHIR has none. */
export const thingWords: Words = {
  Patient: msg`name and contact details`,
  Appointment: msg`a visit`,
  AuditEvent: msg`this list`,
  Bundle: msg`the whole record`,
  Communication: msg`a message or request`,
  Condition: msg`a health problem`,
  Consent: msg`what you allow`,
  Flag: msg`a note that the record must be kept`,
  Observation: msg`a test or measurement`,
  MatchReview: msg`the question whether two records are one person`,
  PatientAccount: msg`who may sign in to this record`,
  Account: msg`your account`,
  Session: msg`your account`,
  SignIn: msg`your account`,
  Invitation: msg`an invitation to open an account`,
  App: msg`a connected app`,
  ProxyGrant: msg`who may act for you`,
  AppGrant: msg`a connected app`,
}
export const unknownThing = msg`something in the record`

/** Why, by the codes of the trail. */
export const purposeWords: Words = {
  TREAT: msg`For your care`,
  PAY: msg`For the bill`,
  OPS: msg`For the work of the clinic`,
  'PATIENT-REQUEST': msg`Because you asked for it`,
}

/** Why something was given to others, by the contract's reasons. */
export const disclosureWords: Words = {
  public_health: msg`To protect the health of the public`,
  oversight: msg`To an authority that watches over health care`,
  court: msg`Because a court ordered it`,
  police: msg`To the police, as the law allows`,
  research: msg`For research`,
  coroner: msg`To a coroner or medical examiner`,
  threat: msg`To keep somebody from serious harm`,
  other_law: msg`Because a law required it`,
}
