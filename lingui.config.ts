/** Which languages the pages speak and where their words are kept. A third one is a line here and one in web/src/lang/languages.ts. */
export default {
  sourceLocale: 'en',
  locales: ['en', 'es'],
  catalogs: [{ path: '<rootDir>/web/src/lang/{locale}', include: ['<rootDir>/web/src'] }],
  // By the words themselves: two people adding messages seldom touch the same lines.
  orderBy: 'message',
}
