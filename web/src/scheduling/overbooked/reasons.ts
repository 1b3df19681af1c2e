/** Why visits are overbooked, in words. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { OverbookingReason } from '../../../../server/scheduling/overbooking/contract.ts'

export const overbookingReasons: Readonly<Record<OverbookingReason, MessageDescriptor>> = {
  urgent: msg`It cannot wait for the next opening`,
  clinician_asked: msg`The clinician asked for it`,
  short: msg`It is short and fits beside the other`,
  our_mistake: msg`We made a mistake and put it right`,
  other: msg`Another reason`,
}
