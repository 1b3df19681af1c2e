/** The parts of a listing that are checked one by one, as people say them. */
import { msg } from '@lingui/core/macro'
import type { MessageDescriptor } from '@lingui/core'
import type { checkListing, readClinician } from '../../../server/directory/contract.ts'
import type { Asked, Reply } from '../../../server/platform/endpoint.ts'

export type Checked = Asked<typeof checkListing>['body']['fields'][number]
export type Verified = Reply<typeof readClinician>['places'][number]['verified'][number]

export const fieldWords: Readonly<Record<Checked, MessageDescriptor>> = {
  phone: msg`Phone`,
  address: msg`Address`,
  accepts_new: msg`New patients`,
  languages: msg`Languages`,
  specialties: msg`Specialties`,
  hours: msg`Hours`,
}
