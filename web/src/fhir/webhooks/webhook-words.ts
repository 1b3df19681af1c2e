/** Events, states and causes of webhooks in words. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { listDeliveries, webhookEvents } from '../../../../server/fhir/webhooks/contract.ts'
import type { Reply } from '../../../../server/platform/endpoint.ts'

export type Delivery = Reply<typeof listDeliveries>['deliveries'][number]
export type Event = (typeof webhookEvents)[number]

/** In the order of a visit's life. */
export const events = ['appointment.booked', 'appointment.moved', 'appointment.cancelled'] as const satisfies Event[]

export const eventWords: Readonly<Record<string, MessageDescriptor>> = {
  'appointment.booked': msg`A visit was booked`,
  'appointment.moved': msg`A visit was moved`,
  'appointment.cancelled': msg`A visit was cancelled`,
}

export const stateWords: Readonly<Record<Delivery['state'], MessageDescriptor>> = {
  waiting: msg`Waiting`,
  delivered: msg`Arrived`,
  given_up: msg`Given up`,
}

const causeWords: Readonly<Record<string, MessageDescriptor>> = {
  timeout: msg`It took too long to answer`,
  'no answer': msg`It did not answer`,
  'address not allowed': msg`Its address lies inside a private network`,
}

/** A status is told as it came: whoever runs the receiver knows it. */
export const causeOf = (cause: string): MessageDescriptor => {
  const status = /^status (\d+)$/.exec(cause)?.[1]
  if (status !== undefined) return msg`It answered ${status}`
  return causeWords[cause] ?? msg`It failed`
}
