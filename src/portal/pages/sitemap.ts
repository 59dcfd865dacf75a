/** What search engines and browsers ask of a whole site: what may be read, where, and its icon. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type kindInAddress, publicHref } from '../../board/urls.ts'
import { open as courses } from '../../courses/urls.ts'
import { booking } from '../../desk/urls.ts'
import type { Language } from '../../kernel/i18n.ts'
import type { Module } from '../../kernel/module.ts'
import { root } from '../../kernel/root.ts'
import type { Bytes } from '../../kernel/routes.ts'
import { needPages } from '../codes.ts'
import { portal } from '../urls.ts'

export const robots = (base_url: string): Bytes => ({
  type: 'text/plain; charset=utf-8',
  body: `User-agent: *\nDisallow: /staff\nSitemap: ${base_url}${portal.sitemap.href()}\n`,
})

/** Browsers ask for it under this name, whatever a page says: also on what is no page, such as a feed. */
export const icon = (): Bytes => ({ type: 'image/png', body: readFileSync(join(root, 'assets/icon-192.png')) })

/** The public pages one can begin at, of every module, in the languages that are on; what lies behind a form is no beginning. */
export function sitemap(
  base_url: string,
  modules: readonly Module[],
  languages: readonly Language[],
  items: readonly { kind: keyof typeof kindInAddress; slug: string }[],
  editions: readonly { slug: string }[],
): Bytes {
  const empty = new Set<string>([portal.offline.pattern])
  const plain = modules
    .flatMap((module) => module.routes ?? [])
    .filter(
      ({ surface, kept, form, pattern }) =>
        surface === 'public' && (kept || form) && /^\/:l\/[^:/.]*$/.test(pattern) && !empty.has(pattern),
    )
    .map(
      ({ pattern }) =>
        (l: string) =>
          pattern.replace(':l', l),
    )
  const pages = [
    ...plain,
    // Made anew for each who asks, and still where one begins.
    (l: string) => booking.kinds.href({ l }),
    ...needPages.map(
      ({ need }) =>
        (l: string) =>
          portal.need.href({ l, need }),
    ),
  ]
  const url = (page: (l: string) => string, l: string) =>
    `<url><loc>${base_url}${page(l)}</loc>${languages.map((other) => `<xhtml:link rel="alternate" hreflang="${other}" href="${base_url}${page(other)}"/>`).join('')}</url>`
  // Each of these says itself which languages it is in: thousands of events would repeat it twelve times over.
  const shown = [
    ...items.map(
      ({ kind, slug }) =>
        (l: string) =>
          publicHref(kind, { l, slug }),
    ),
    ...editions.map(
      ({ slug }) =>
        (l: string) =>
          courses.course.href({ l, slug }),
    ),
  ].flatMap((page) => languages.map((l) => `<url><loc>${base_url}${page(l)}</loc></url>`))
  const urls = [...pages.flatMap((page) => languages.map((l) => url(page, l))), ...shown]
  return {
    type: 'application/xml; charset=utf-8',
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n${urls.join('\n')}\n</urlset>\n`,
  }
}
