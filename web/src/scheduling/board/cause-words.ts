/** What stood in the way of a phantom, in words. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

export const causeWords: Readonly<Record<string, MessageDescriptor>> = {
  not_in_index: msg`The search showed a time that its index does not have`,
  left: msg`The clinician or the place is not active any more, but still in the search`,
  outside_hours: msg`Outside the clinician’s hours`,
  closed: msg`Leave, a holiday or blocked time that the search did not know of`,
  taken: msg`Another visit lies there that the search did not know of`,
  no_room: msg`No room is free that the visit needs`,
  no_device: msg`No machine is free that the visit needs`,
  off_grid: msg`A start that the visit does not have`,
  refused: msg`The database refused to take the time`,
  too_soon: msg`Too soon: the notice that the visit needs had begun`,
  too_far: msg`Farther ahead than can be booked`,
  in_the_past: msg`The time had passed`,
  not_accepting_new: msg`The clinician takes no new patients`,
}
