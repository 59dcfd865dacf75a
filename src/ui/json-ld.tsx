/** What a page is about, in schema.org's words, for search engines. */
import { raw } from 'hono/html'

export const JsonLd = ({ data }: { data: object }) => (
  <script type="application/ld+json" data-element="metatag">
    {/* A closing tag inside a text must not end the script. */}
    {raw(JSON.stringify({ '@context': 'https://schema.org', ...data }).replaceAll('<', '\\u003c'))}
  </script>
)
