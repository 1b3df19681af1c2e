/** What a place has for people who need it, in words. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { AccessFact } from '../../../server/directory/contract.ts'

export type Feature = AccessFact['feature']

export const accessWords: Readonly<Record<Feature, MessageDescriptor>> = {
  step_free: msg`Entrance without steps`,
  accessible_restroom: msg`Accessible restroom`,
  exam_table: msg`Exam table that can be lowered`,
  hearing_loop: msg`Hearing loop`,
  quiet_room: msg`Quiet place to wait`,
  accessible_parking: msg`Accessible parking`,
}

export const features = Object.keys(accessWords) as Feature[]
const isFeature = (word: string): word is Feature => Object.hasOwn(accessWords, word)

/** The features that a search asks for; none for 'any' and for nothing. */
export const featuresIn = (asked: string | undefined): Feature[] => (asked ?? '').split(',').filter(isFeature)
