/** Which languages the pages speak and where their words are kept. A third one is a line here and its files in web/src/lang/languages.ts. */
const web = '<rootDir>/web/src'
const booking = [
  `${web}/scheduling/book`,
  `${web}/scheduling/together`,
  `${web}/scheduling/referral`,
  `${web}/scheduling/visit`,
  `${web}/people/support`,
  `${web}/scheduling/numbers`,
]
const account = [`${web}/people`, `${web}/privacy`, `${web}/fhir`]
const staff = [
  `${web}/scheduling/board`,
  `${web}/scheduling/desk`,
  `${web}/scheduling/away`,
  `${web}/scheduling/overbooked`,
  `${web}/scheduling/rooms`,
  `${web}/scheduling/rules`,
  `${web}/conversations`,
  `${web}/partners`,
  `${web}/fhir/webhooks`,
  `${web}/fhir/calendars`,
  `${web}/directory/listings.tsx`,
  `${web}/directory/listing-card.tsx`,
  `${web}/people/same`,
  `${web}/people/staff`,
  `${web}/people/work`,
  `${web}/privacy/officer`,
]

export default {
  sourceLocale: 'en',
  locales: ['en', 'es'],
  // In parts, so that nobody loads the words of pages they do not see.
  catalogs: [
    { path: `${web}/lang/{locale}`, include: [web], exclude: [...booking, ...account, ...staff] },
    { path: `${web}/lang/booking/{locale}`, include: booking },
    { path: `${web}/lang/account/{locale}`, include: account, exclude: staff },
    { path: `${web}/lang/staff/{locale}`, include: staff },
  ],
  // By the words themselves: two people adding messages seldom touch the same lines.
  orderBy: 'message',
}
