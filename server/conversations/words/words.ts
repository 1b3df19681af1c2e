/** Every sentence a message needs. A language that lacks one does not compile. */

import type { AccountChange } from '../letters/facts.ts'

type About = 'booked' | 'moved' | 'cancelled'

export interface Words {
  /** For dates and times, BCP 47. */
  locale: string
  greeting: (name: string | undefined) => string
  subject: Record<About, (clinic: string, when: string) => string>
  lead: Record<About, string>
  button: Record<About, string>
  /** The clinic had to move the visit: the patient says whether that is fine. */
  clinicMoved: { lead: string; button: string; text: (name: string | undefined, when: string) => string }
  /** Several visits in one message; `when` is the first of them. */
  several: {
    subject: Record<About, (clinic: string, count: number, when: string) => string>
    lead: Record<About, (count: number) => string>
    keepPrivate: string
    text: Record<About, (name: string | undefined, count: number, when: string) => string>
  }
  label: Record<'when' | 'before' | 'who' | 'where' | 'directions' | 'prepare' | 'bring', string>
  yourTime: (time: string) => string
  video: string
  groupVisit: string
  interpreted: Record<'in_person' | 'video' | 'phone', (language: string) => string>
  /** Until how many hours before the visit it can be changed online; 0: until it starts. */
  cutoff: (hours: number) => string
  /** Where a person answers. */
  call: (phone: string) => string
  notYou: string
  keepPrivate: string
  code: {
    subject: (clinic: string) => string
    lead: string
    minutes: (minutes: number) => string
    neverAsked: string
  }
  /** A way into one's account has changed. */
  account: {
    subject: (clinic: string) => string
    lead: Record<AccountChange, string>
    wasIt: string
  }
  /** Somebody was referred, and may book by themselves. */
  referral: {
    subject: (clinic: string) => string
    lead: string
    until: (day: string) => string
    button: string
    keepPrivate: string
    text: (url: string, day: string) => string
  }
  /** In place of what the channel may not carry. */
  reduced: {
    subject: (clinic: string) => string
    lead: (clinic: string) => string
    button: string
    text: (clinic: string, url: string) => string
  }
  calendar: {
    summary: (clinic: string) => string
    video: string
    decliningIsNotCancelling: string
  }
  text: Record<About, (name: string | undefined, when: string) => string> & {
    where: (place: string) => string
    video: string
    groupVisit: string
    interpreted: Record<'in_person' | 'video' | 'phone', string>
    link: Record<About, (url: string) => string>
    call: (phone: string) => string
    code: (code: string, minutes: number) => string
  }
}
