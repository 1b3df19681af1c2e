/** Outside services, what they may be told of a patient, and where an agreement stands, in the reader's language. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { listVendors } from '../../../server/partners/contract.ts'
import type { Reply } from '../../../server/platform/endpoint.ts'

export type Service = Reply<typeof listVendors>['services'][number]
export type Vendor = NonNullable<Service['vendor']>
export type Agreement = Vendor['agreements'][number]
export type HealthClass = Agreement['dataClasses'][number]

export const serviceWords: Readonly<Record<Service['service'], MessageDescriptor>> = {
  mail: msg`Email`,
  texts: msg`Text messages`,
  video: msg`Video visits`,
  clearinghouse: msg`Claims to insurers`,
  payments: msg`Card payments`,
}

/** Least first. */
export const healthClasses = ['visit', 'billing', 'clinical', 'sensitive'] as const

export const classWords: Readonly<Record<HealthClass, MessageDescriptor>> = {
  visit: msg`Visits: when, where and with whom`,
  billing: msg`Bills and payments`,
  clinical: msg`Results and diagnoses`,
  sensitive: msg`What is most private: addiction treatment, therapy notes`,
}

export const carriedWords: Readonly<Record<Service['gate'][number]['carry'], MessageDescriptor>> = {
  whole: msg`As it is`,
  reduced: msg`Only “sign in to read it”`,
  nothing: msg`Not at all`,
}

export const standingWords: Readonly<Record<Agreement['standing'], MessageDescriptor>> = {
  in_force: msg`In force`,
  ends_soon: msg`Ends soon`,
  to_come: msg`Not begun yet`,
  over: msg`Over`,
  ended: msg`Ended`,
}
