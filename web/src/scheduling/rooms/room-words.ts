/** How rooms, devices and interpreters are said. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Reply } from '../../../../server/platform/endpoint.ts'
import type { listResources } from '../../../../server/scheduling/resources/contract.ts'

export type Resource = Reply<typeof listResources>['resources'][number]
export type Kind = Resource['kind']
type Modality = NonNullable<Resource['modality']>

export const kindWords: Readonly<Record<Kind, MessageDescriptor>> = {
  room: msg`Room`,
  device: msg`Device`,
  interpreter: msg`Interpreter`,
}

export const modalityWords: Readonly<Record<Modality, MessageDescriptor>> = {
  in_person: msg`In the room`,
  video: msg`By video`,
  phone: msg`By phone`,
}

export const isModality = (value: string): value is Modality => value in modalityWords
export const isKind = (value: string): value is Kind => value in kindWords

/** '09:30' and 570. */
export const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
/** Midnight at the end of a day is the last minute that a clock of a day can say. */
export const timeOf = (minute: number) => {
  const within = Math.min(minute, 1439)
  return `${String(Math.floor(within / 60)).padStart(2, '0')}:${String(within % 60).padStart(2, '0')}`
}
