/** What people work as, in the reader's language. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

export const roleWords: Readonly<Record<string, MessageDescriptor>> = {
  patient: msg`Patient`,
  front_desk: msg`Front desk`,
  scheduler: msg`Scheduler`,
  nurse: msg`Nurse`,
  clinician: msg`Clinician`,
  biller: msg`Billing`,
  quality_manager: msg`Quality manager`,
  practice_admin: msg`Practice administrator`,
  auditor: msg`Privacy officer`,
  client: msg`Another program`,
  system: msg`This site itself`,
  proxy: msg`acting for you`,
  guest: msg`By the link of a visit`,
}
