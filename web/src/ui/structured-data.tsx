/** What a public page is about, for search engines (JSON-LD, schema.org). A block of data: browsers never run it. */
export function StructuredData({ about }: { about: object }) {
  return <script type="application/ld+json">{JSON.stringify({ '@context': 'https://schema.org', ...about })}</script>
}
