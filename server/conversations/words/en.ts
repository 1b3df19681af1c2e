/** English. Plain words: a reading grade of six or below, kept by a test. */
import type { Words } from './words.ts'

const hello = (name: string | undefined) => (name ? `${name}, your visit` : 'Your visit')
const several = (name: string | undefined, n: number) => (name ? `${name}, your ${n} visits` : `Your ${n} visits`)
const count = (n: number, one: string) => `${n} ${one}${n === 1 ? '' : 's'}`
const ahead = (hours: number) =>
  Number.isInteger(hours) ? count(hours, 'hour') : count(Math.round(hours * 60), 'minute')

export const en: Words = {
  locale: 'en-US',
  greeting: (name) => (name ? `Hello ${name},` : 'Hello,'),
  subject: {
    booked: (clinic, when) => `Your visit at ${clinic}: ${when}`,
    moved: (clinic, when) => `New time for your visit at ${clinic}: ${when}`,
    cancelled: (clinic, when) => `Cancelled: your visit at ${clinic}, ${when}`,
  },
  lead: {
    booked: 'Your visit is booked.',
    moved: 'Your visit has a new time.',
    cancelled: 'Your visit is cancelled. You do not need to do anything.',
  },
  button: {
    booked: 'See, change or cancel this visit',
    moved: 'See, change or cancel this visit',
    cancelled: 'See this visit',
  },
  clinicMoved: {
    lead: 'We are sorry: we had to move your visit. If the new time is fine, tell us with one press. If not, choose another time or cancel.',
    button: 'Keep, change or cancel this visit',
    text: (name, when) => `${hello(name)} had to be moved by us: ${when}.`,
  },
  several: {
    subject: {
      booked: (clinic, n, when) => `Your ${n} visits at ${clinic}: from ${when}`,
      moved: (clinic, n, when) => `New times for your ${n} visits at ${clinic}: from ${when}`,
      cancelled: (clinic, n, when) => `Cancelled: your ${n} visits at ${clinic}, from ${when}`,
    },
    lead: {
      booked: (n) => `Your ${n} visits are booked.`,
      moved: (n) => `Your ${n} visits have new times.`,
      cancelled: (n) => `Your ${n} visits are cancelled. You do not need to do anything.`,
    },
    keepPrivate: 'Keep this message to yourself: its links open your visits.',
    text: {
      booked: (name, n, when) => `${several(name, n)} are booked, the first on ${when}.`,
      moved: (name, n, when) => `${several(name, n)} have new times, the first on ${when}.`,
      cancelled: (name, n, when) => `${several(name, n)} are cancelled, the first was on ${when}.`,
    },
  },
  label: {
    when: 'When',
    before: 'It was',
    who: 'With',
    where: 'Where',
    directions: 'How to get there',
    prepare: 'Before your visit',
    bring: 'What to have with you',
  },
  yourTime: (time) => `where you are: ${time}`,
  groupVisit: 'It is a group visit: other patients come at the same time.',
  interpreted: {
    in_person: (language) => `An interpreter is in the room: ${language}.`,
    video: (language) => `An interpreter joins by video: ${language}.`,
    phone: (language) => `An interpreter joins by phone: ${language}.`,
  },
  video: 'By video. Open your visit page at the time of the visit.',
  cutoff: (hours) =>
    hours === 0
      ? 'You can change or cancel online until the visit starts.'
      : `You can change or cancel online up to ${ahead(hours)} before the visit. After that, please call us.`,
  call: (phone) => `Questions? Call us and talk to a person: ${phone}`,
  notYou: 'Did you not ask for this? Please call us.',
  keepPrivate: 'Keep this message to yourself: its link opens your visit.',
  code: {
    subject: (clinic) => `Your code from ${clinic}`,
    lead: 'Here is your code:',
    minutes: (minutes) => `It works for ${count(minutes, 'minute')}.`,
    neverAsked:
      'We will never ask you for this code. Do not share it. If you did not ask for it, you can ignore this message.',
  },
  account: {
    subject: (clinic) => `Your account at ${clinic}`,
    lead: {
      new_device: 'Somebody signed in to your account on a device that is new to us.',
      passkey_added: 'A passkey was added to your account.',
      passkey_removed: 'A passkey was removed from your account.',
      password_set: 'The password of your account was changed.',
      totp_set: 'An authenticator app was set up for your account.',
      totp_removed: 'The authenticator app was removed from your account.',
      codes_made: 'New recovery codes were made for your account. The old ones no longer work.',
    },
    wasIt: 'If this was you, there is nothing to do. If not, please call us now.',
  },
  referral: {
    subject: (clinic) => `Book your visit at ${clinic}`,
    lead: 'You were referred for a visit. Choose a time that suits you: you do not need an account.',
    until: (day) => `The visit must be by ${day}.`,
    button: 'Choose a time',
    keepPrivate: 'Keep this message to yourself: its link books your visit.',
    text: (url, day) => `choose a time for your visit, by ${day}: ${url}`,
  },
  reduced: {
    subject: (clinic) => `You have a message from ${clinic}`,
    lead: (clinic) => `You have a message from ${clinic}. Sign in to read it.`,
    button: 'Sign in and read it',
    text: (clinic, url) => `You have a message from ${clinic}. Sign in to read it: ${url}`,
  },
  calendar: {
    summary: (clinic) => `Visit at ${clinic}`,
    video: 'Video visit',
    decliningIsNotCancelling: 'If you decline or delete this in your calendar, your visit is still booked.',
  },
  text: {
    booked: (name, when) => `${hello(name)} is booked: ${when}.`,
    moved: (name, when) => `${hello(name)} has a new time: ${when}.`,
    cancelled: (name, when) => `${hello(name)} on ${when} is cancelled.`,
    where: (place) => `${place}.`,
    video: 'By video.',
    groupVisit: 'Group visit.',
    interpreted: {
      in_person: 'With interpreter.',
      video: 'With interpreter by video.',
      phone: 'With interpreter by phone.',
    },
    link: {
      booked: (url) => `See or change: ${url}`,
      moved: (url) => `See or change: ${url}`,
      cancelled: (url) => `See: ${url}`,
    },
    call: (phone) => `Questions? Call ${phone}`,
    code: (code, minutes) => `your code is ${code}. It works for ${count(minutes, 'minute')}. We never ask you for it.`,
  },
}
